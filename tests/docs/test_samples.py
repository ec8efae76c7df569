"""Every sample in the documentation works: files load, commands parse, variables and settings exist."""

import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from pydantic import BaseModel

from config.loading import FILES, load
from config.settings import Settings
from newswatch.cli import COMMANDS, newswatch

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
PAGES += [page for page in sorted((ROOT / "docs").rglob("*.md")) if page.parent.name != "reference"]
FENCE = re.compile(r"^```(\w+)?(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, the file that it is a sample of (if any), its text, and where it stands."""

    language: str
    file: str
    text: str
    place: str


def blocks(*languages: str) -> Iterator[Block]:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for match in FENCE.finditer(text):
            place = f"{page.relative_to(ROOT)}:{text.count(chr(10), 0, match.start()) + 1}"
            if match[1] in languages:
                yield Block(match[1], match[2] or "", match[3], place)


def commands() -> Iterator[tuple[str, str]]:
    """Each use of the command in a console or cron block or between backticks, and where it stands."""
    used = re.compile(r"(?:(?:^|[\s/])newswatch|run\.py|\bcommand) ((?:" + "|".join(COMMANDS) + r")\b.*)$")
    for block in blocks("console", "cron"):
        for line in block.text.splitlines():
            if found := used.search(line):
                yield found[1].split(" > ")[0], f"{block.place}: {line}"
    for page in PAGES:
        for found in re.finditer(r"`newswatch ([a-z][^`]*)`", page.read_text(encoding="utf-8")):
            yield found[1], f"{page.relative_to(ROOT)}: {found[0]}"


def parse(line: str) -> None:
    """Parse a command line as newswatch would, and run nothing. Raises `click.UsageError`."""
    command: click.Command = newswatch
    context = command.make_context("newswatch", shlex.split(line, comments=True))
    while isinstance(command, click.Group):
        name, below, rest = command.resolve_command(context, [*context._protected_args, *context.args])
        assert below is not None
        if not rest and isinstance(below, click.Group):
            return
        command, context = below, below.make_context(name, rest, parent=context)


def objection(line: str) -> str:
    try:
        parse(line)
    except click.UsageError as error:
        return error.format_message()
    return ""


@pytest.mark.parametrize("line", [pytest.param(line, id=place) for line, place in dict(commands()).items()])
def test_a_command_is_one(line: str) -> None:
    said = objection(line)
    spoken_of = re.fullmatch(r"[a-z -]+", line)  # not typed: its arguments are left out
    no_file = re.search("does not exist|No such file", said)
    assert not said or no_file or (spoken_of and said.startswith("Missing argument"))


@pytest.mark.parametrize("block", [pytest.param(block, id=block.place) for block in blocks("yaml")])
def test_a_sample_file_loads(block: Block, tmp_path: Path) -> None:
    assert block.file in FILES, "say which file it is: ```yaml topics.yaml"
    for name in FILES:
        shutil.copy(ROOT / "config" / name, tmp_path)
    if block.file == "topics.yaml":
        (tmp_path / "subscribers.yaml").write_text("subscribers: []\n", encoding="utf-8")
    (tmp_path / block.file).write_text(block.text, encoding="utf-8")
    load(tmp_path, {})


@pytest.mark.parametrize("block", [pytest.param(b, id=b.place) for b in blocks("yaml") if b.file == "topics.yaml"])
def test_the_examples_of_a_sample_topic_hold(block: Block, tmp_path: Path) -> None:
    from config.topics import load_topics
    from monitor.matching import Lexicon, Matcher
    from monitor.records import Article

    (tmp_path / "topics.yaml").write_text(block.text, encoding="utf-8")
    topics = load_topics(tmp_path / "topics.yaml")
    matcher = Matcher(topics, Lexicon.shipped())
    for topic in topics:
        for sentence in (*topic.examples.match, *topic.examples.ignore):
            found = {match.topic for match in matcher.match(Article(body=sentence))}
            assert (sentence, topic.name in found) == (sentence, sentence in topic.examples.match)


def settings_of(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from settings_of(inner, f"{prefix}{name}.")
        yield prefix + (field.alias or name)
        yield prefix + name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_variables_and_settings_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    known = set(settings_of(Settings))
    named = {f"{group}.{key}" for group, key in re.findall(r"`(site|mail|crawl)\.(\w+)`", text)}
    for variable in re.findall(r"\bNEWSWATCH_([A-Z_]+)\b", text):
        if variable not in {"CONFIG", "DATA", "UID", "GID"}:
            named.add(variable.lower().removesuffix("_file").replace("__", "."))
    assert named <= known


def test_the_readme_lists_every_command() -> None:
    table = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"| `newswatch {name}" not in table] == []
