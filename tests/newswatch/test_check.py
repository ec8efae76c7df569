"""`newswatch check`, as a person and as a program use it."""

import json

from tests.newswatch.conftest import Newsroom


def test_a_good_configuration_is_told_in_a_line(newsroom: Newsroom) -> None:
    done = newsroom.run("check")
    assert done.returncode == 0
    assert done.stdout == f"{newsroom.directory}: in order; 1 source, 1 topic, 1 subscriber\n"


def test_a_program_reads_what_is_wrong_from_stdout(newsroom: Newsroom) -> None:
    (newsroom.directory / "topics.yaml").write_text("topics:\n  - name: A\n    phrase: [x]\n")
    done = newsroom.run("check", "--json")
    assert done.returncode == 2
    report = json.loads(done.stdout)
    assert report["ok"] is False
    assert report["errors"][-1] == {
        "file": "topics.yaml",
        "line": 3,
        "column": 5,
        "key": "topics.0.phrase",
        "message": "unknown key; did you mean 'phrases'?",
    }
    assert "topics.yaml:3:5: topics.0.phrase: unknown key" in done.stderr
