"""A configuration directory: what is understood, and how what is wrong is said."""

from datetime import timedelta
from pathlib import Path

import pytest

from config.errors import ConfigErrors
from config.loading import FILES, Config, load
from config.topics import load_topics

SAMPLES = Path(__file__).parents[2] / "config"

GOOD = {
    "newswatch.yaml": "site: {name: Valley Watch, time_zone: America/Los_Angeles}\n",
    "sources.yaml": "sources:\n  - {name: The Record, home: 'https://record.example/'}\n",
    "topics.yaml": "topics:\n  - {name: Sanctuary policy, phrases: [sanctuary policy]}\n",
    "subscribers.yaml": "subscribers:\n  - {email: ana@example.org, topics: [Sanctuary policy], at: 07:30}\n",
}


def written(directory: Path, **files: str) -> Path:
    for name, text in (GOOD | {f"{k}.yaml": v for k, v in files.items()}).items():
        (directory / name).write_text(text, encoding="utf-8")
    return directory


def loaded(directory: Path, environ: dict[str, str] | None = None, **files: str) -> Config:
    return load(written(directory, **files), environ or {})


def complaints(directory: Path, environ: dict[str, str] | None = None, **files: str) -> list[str]:
    with pytest.raises(ConfigErrors) as caught:
        loaded(directory, environ, **files)
    return [str(finding) for finding in caught.value.findings]


def test_the_samples_are_valid_and_watch_the_beat() -> None:
    config = load(SAMPLES, {})
    names = {topic.name for topic in config.topics}
    assert {"Sanctuary policy", "Public Safety Partnership", "Violence Reduction Network", "Baltimore"} <= names
    assert config.settings.mail.transport.startswith("file:")
    assert [subscription.topics for subscription in config.subscribers][1] == "all"


def test_defaults_and_records(tmp_path: Path) -> None:
    config = loaded(tmp_path)
    assert config.settings.crawl.fresh == timedelta(hours=72)
    assert config.settings.store == f"sqlite:///{tmp_path / 'var/newswatch.db'}"
    assert config.sources[0].feeds is None
    assert config.topics[0].id == "sanctuary-policy"
    assert config.subscribers[0].topics == ("sanctuary-policy",)
    assert config.subscribers[0].time_zone == "America/Los_Angeles"


def test_yaml_surprises_are_off(tmp_path: Path) -> None:
    config = loaded(
        tmp_path,
        topics="topics:\n  - {name: no, phrases: [yes, no, on, 911, 2026-11-24], fuzzy: off}\n",
        subscribers="subscribers:\n  - {email: ana@example.org, at: 12:30}\n",
    )
    assert config.topics[0].name == "no"
    assert config.topics[0].phrases == ("yes", "no", "on", "911", "2026-11-24")
    assert config.topics[0].fuzzy == "off"
    assert config.subscribers[0].at == "12:30"


@pytest.mark.parametrize(
    ("file", "text", "complaint"),
    [
        ("topics", "topics:\n  - name: A\n    phrase: [x]\n", "topics.yaml:3:5: topics.0.phrase: unknown key; did you mean 'phrases'?"),
        ("topics", "topics:\n  - name: A\n    on: x\n    phrases: [a]\n", "topics.yaml:3:5: topics.0.on: unknown key; known are name, id,"),
        ("topics", "topics:\n  - name: A\n    phrases: [a]\n    phrases: [b]\n", "topics.yaml:4:5: topics.0.phrases: appears twice; it stands on line 3 already. Keep one"),
        ("topics", "topics:\n  - {name: A, person: B C, place: D}\n", "topics.yaml:2:5: topics.0: has person and place; it needs exactly one of"),
        ("topics", "topics:\n  - {name: A, person: B C, acronyms: [BC]}\n", "topics.yaml:2:28: topics.0.acronyms: only a topic with organization heeds it, and this one has person; take it out, or"),
        ("topics", "topics:\n  - {name: A, query: x, also: [y]}\n", "topics.yaml:2:25: topics.0.also: only a topic with phrases or person or place or organization heeds it, and this one has query; write it into the query"),
        ("topics", "topics:\n  - {name: A}\n", "topics.yaml:2:5: topics.0: has nothing to look for; it needs exactly one of"),
        ("topics", "topics:\n  - {name: A, query: 'x AND'}\n", "topics.yaml:2:22: topics.0.query: does not parse: "),
        ("topics", "topics:\n  - {name: A, phrases: [a], require: ['-']}\n", "topics.yaml:2:38: topics.0.require: '-' has no letter and no digit: nothing can match it"),
        ("topics", "topics:\n  - {name: A, phrases: [a], min_score: high}\n", "topics.yaml:2:40: topics.0.min_score: must be a number (it is 'high')"),
        ("topics", "topics:\n  - {name: '', phrases: [a]}\n", "topics.yaml:2:12: topics.0.name: must not be empty"),
        ("topics", "topics:\n  - {name: A, person: [B, C]}\n", "topics.yaml:2:23: topics.0.person: must be a text, not a list"),
        ("topics", "topics:\n  - {name: A, phrases: [a], min_score: 101}\n", "topics.yaml:2:40: topics.0.min_score: "),
        ("topics", "topics:\n  - {name: A, phrases: [a]}\n  - {name: a, phrases: [b]}\n", "topics.yaml:3:12: topics.1.name: topics.0 has the id 'a' already"),
        ("topics", "topics:\n  - {name: A, phrases: [\n", "topics.yaml:3:1: is not YAML: "),
        ("subscribers", "subscribers:\n  - {email: nope}\n", "subscribers.yaml:2:13: subscribers.0.email: is not a mail address: "),
        ("subscribers", "subscribers:\n  - {email: a@b.org, topics: [Sanctuary polcy]}\n", "subscribers.yaml:2:31: subscribers.0.topics.0: 'Sanctuary polcy' is not a topic of topics.yaml; did you mean 'Sanctuary policy'?"),
        ("subscribers", "subscribers:\n  - {email: a@b.org, time_zone: America/Los_Angelos}\n", "subscribers.yaml:2:33: subscribers.0.time_zone: is not a time zone of the IANA database, such as America/Los_Angeles; did you mean 'America/Los_Angeles'?"),
        ("subscribers", "subscribers:\n  - {email: a@b.org, at: 7h30}\n", "subscribers.yaml:2:26: subscribers.0.at: must be a local time such as 07:30 (it is '7h30')"),
        ("subscribers", "subscribers:\n  - {email: a@b.org, every: dayly}\n", "subscribers.yaml:2:29: subscribers.0.every: must be 'immediately', 'hourly', 'daily' or 'weekly'; did you mean 'daily'?"),
        ("sources", "sources:\n  - {name: A, home: record.example}\n", "sources.yaml:2:21: sources.0.home: write a whole address that begins with http:// or https://"),
        ("sources", "sources:\n  - {name: A, home: 'http://a.example', articles: {allow: ['(']}}\n", "sources.yaml:2:59: sources.0.articles.allow: '(' is not an RE2 pattern: "),
        ("sources", "sources:\n  - {name: A, home: 'http://a.example', poll: often}\n", "sources.yaml:2:47: sources.0.poll: write a number with a unit"),
        ("sources", "sources:\n  - {name: A, home: 'http://a.example', poll: 0s}\n", "sources.yaml:2:47: sources.0.poll: must be more than nothing"),
        ("sources", "sources:\n\t- name: A\n", "sources.yaml:2:1: is not YAML: found character that cannot start any token; this is a tab, indent with spaces"),
        ("sources", "- name: A\n", "sources.yaml:1:1: must be a group of keys: sources"),
        ("topics", "topics:\n  - {name: A, phrases: ['!!!']}\n", "topics.yaml:2:24: topics.0.phrases: '!!!' has no letter and no digit: nothing can match it"),
        ("subscribers", "subscribers:\n  - {email: a@b.org, topics: []}\n", "subscribers.yaml:2:30: subscribers.0.topics: names no topic; write all, or take the subscriber out"),
        ("subscribers", "subscribers:\n  - {email: a@b.org, topics: [SANCTUARY POLICY]}\n", "subscribers.yaml:2:31: subscribers.0.topics.0: 'SANCTUARY POLICY' is not a topic of topics.yaml; did you mean 'Sanctuary policy'?"),
        ("subscribers", "subscribers:\n  - {email: a@b.org, topics: [Sanctuary policy, all]}\n", "subscribers.yaml:2:49: subscribers.0.topics.1: 'all' is not a topic of topics.yaml; `all` stands alone"),
        ("subscribers", "subscribers:\n  - {email: a@b.org, topics: al}\n", "subscribers.yaml:2:30: subscribers.0.topics.0: 'al' is not a topic of topics.yaml; did you mean 'all'?"),
        ("newswatch", "mail: {transport: 'smpt://x'}\n", "newswatch.yaml:1:19: mail.transport: must be smtp://host:25"),
        ("newswatch", "crawl: {allow_networks: [nope]}\n", "newswatch.yaml:1:25: crawl.allow_networks: 'nope' is not a network"),
        ("newswatch", "stor: x\n", "newswatch.yaml:1:1: stor: unknown key; did you mean 'store'?"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, file: str, text: str, complaint: str) -> None:
    found = complaints(tmp_path, **{file: text})
    assert any(line.startswith(complaint) for line in found), found


def test_a_watchlist_alone_is_checked_as_a_whole_too(tmp_path: Path) -> None:
    file = tmp_path / "topics.yaml"
    file.write_text("topics:\n  - {name: A, person: B C, region: [D]}\n  - {name: a, phrases: [b], fuzzy: loose}\n")
    with pytest.raises(ConfigErrors) as caught:
        load_topics(file)
    assert [finding.key for finding in caught.value.findings] == ["topics.0.region", "topics.1.name", "topics.1.fuzzy"]


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    found = complaints(tmp_path, newswatch="stor: x\n", sources="sources: 5\n", topics="topics: [{name: A}]\n")
    assert [line.split(":")[0] for line in found] == [
        "newswatch.yaml", "sources.yaml", "subscribers.yaml", "topics.yaml",
    ]  # fmt: skip
    found = complaints(tmp_path, topics="topics: 5\n")
    assert found == ["topics.yaml:1:9: topics: must be a list: [one, two], or one a line after a dash (it is 5)"]


def test_what_is_wrong_between_entries_is_said_beside_what_is_wrong_in_them(tmp_path: Path) -> None:
    found = complaints(
        tmp_path,
        sources="sources:\n  - {name: A, home: a}\n  - {name: A, home: 'http://a.example'}\n",
        topics="topics:\n  - {name: A}\n  - {name: a, phrases: [b]}\n",
        subscribers="subscribers:\n  - {email: a@b.org, topics: [B], every: never}\n  - {email: A@b.org, topics: [A]}\n",
    )
    assert [line.split(": ")[:2] for line in found] == [
        ["sources.yaml:2:21", "sources.0.home"], ["sources.yaml:3:12", "sources.1.name"],
        ["subscribers.yaml:2:31", "subscribers.0.topics.0"], ["subscribers.yaml:2:42", "subscribers.0.every"],
        ["subscribers.yaml:3:13", "subscribers.1.email"],
        ["topics.yaml:2:5", "topics.0"], ["topics.yaml:3:12", "topics.1.name"],
    ]  # fmt: skip


def test_a_missing_directory_and_a_missing_file_say_how_to_mend_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigErrors, match="newswatch init DIR"):
        load(tmp_path / "nowhere", {})
    written(tmp_path)
    (tmp_path / FILES[1]).unlink()
    with pytest.raises(ConfigErrors, match=r"sources.yaml: there is no such file"):
        load(tmp_path, {})


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "topics.yaml").unlink()
    (tmp_path / "topics.yaml").mkdir()
    (tmp_path / "sources.yaml").write_bytes(b"sources: []\n\xff")
    with pytest.raises(ConfigErrors) as caught:
        load(tmp_path, {})
    assert [str(finding) for finding in caught.value.findings] == [
        "sources.yaml: is not UTF-8 text: invalid start byte at byte 12",
        "topics.yaml: cannot be read: Is a directory; it must be a file that newswatch's user may read",
    ]


def test_the_environment_overrides_the_file_and_secrets_come_from_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s3cret\n")
    settings = loaded(
        tmp_path,
        {
            "NEWSWATCH_MAIL__TRANSPORT": "smtp://localhost:2525",
            "NEWSWATCH_MAIL__PASSWORD_FILE": str(secret),
            "NEWSWATCH_CRAWL__ALLOW_NETWORKS": "127.0.0.0/8, 10.0.0.0/8",
        },
    ).settings
    assert settings.mail.transport == "smtp://localhost:2525"
    assert settings.mail.password == "s3cret"
    assert settings.crawl.allow_networks == ("127.0.0.0/8", "10.0.0.0/8")


def test_a_variable_sets_a_path_whose_key_ends_in_file(tmp_path: Path) -> None:
    given = {"NEWSWATCH_SITE__KEYS_FILE": "/run/keys", "NEWSWATCH_MAIL__DKIM__KEY_FILE": "/run/dkim.pem"}
    settings = loaded(tmp_path, {**given, "NEWSWATCH_MAIL__DKIM__SELECTOR": "s1.news.x_y"}).settings
    assert (settings.keys_file, settings.dkim_key_file) == (Path("/run/keys"), Path("/run/dkim.pem"))
    assert settings.mail.dkim.selector == "s1.news.x_y"


@pytest.mark.parametrize("selector", ["a b", "s1;d=x", "s1.", ".s1", "-s", "é", "s..1"])
def test_a_selector_is_a_name_in_dns(tmp_path: Path, selector: str) -> None:
    (found,) = complaints(tmp_path, {"NEWSWATCH_MAIL__DKIM__SELECTOR": selector})
    assert found.startswith(
        "NEWSWATCH_MAIL__DKIM__SELECTOR: mail.dkim.selector: must be a name in DNS, such as news2026"
    )


def test_an_error_in_the_environment_names_the_variable(tmp_path: Path) -> None:
    found = complaints(tmp_path, {"NEWSWATCH_CRAWL__TIMEOUT": "soon", "NEWSWATCH_CRAWL__DELAYS": "1s"})
    assert found[0].startswith("NEWSWATCH_CRAWL__DELAYS: crawl.delays: unknown key; did you mean 'delay'?")
    assert found[1].startswith("NEWSWATCH_CRAWL__TIMEOUT: crawl.timeout: write a number with a unit")
