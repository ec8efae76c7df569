"""`newswatch topics`: the watchlist, and a test run of its examples."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import click

from monitor.records import Topic
from newswatch.context import Context, Group, common, print_json
from newswatch.match import as_article

KINDS = ("person", "place", "organization", "query")


@click.group("topics", cls=Group)
def command() -> None:
    """The watchlist of topics.yaml."""


def _file(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--topics", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE",
                        help="A watchlist other than the configuration's topics.yaml.")(command)  # fmt: skip


def _watchlist(context: Context, file: Path | None) -> tuple[Topic, ...]:
    from config.topics import load_topics

    return load_topics(file or context.directory / "topics.yaml")


@command.command("list")
@_file
@common
@click.pass_obj
def list_topics(context: Context, topics: Path | None) -> None:
    """List the topics: id, name, and what is looked for."""
    watchlist = _watchlist(context, topics)
    if context.json:
        print_json([{"id": topic.id, "name": topic.name, **_sought(topic)} for topic in watchlist])
        return
    for topic in watchlist:
        sought = _sought(topic)
        click.echo(f"{topic.id}  {topic.name}  {sought['kind']}: {', '.join(sought['terms'])}")


def _sought(topic: Topic) -> dict[str, Any]:
    kind = next((kind for kind in KINDS if getattr(topic, kind)), "phrases")
    terms = topic.phrases if kind == "phrases" else (getattr(topic, kind),)
    return {"kind": kind, "terms": [*terms, *topic.also, *topic.acronyms]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One example of one topic, and what became of it."""

    topic: str
    wanted: Literal["match", "ignore"]
    text: str
    passed: bool
    found: str
    """The evidence of a match, or the reason of a refusal."""


@command.command("test")
@click.argument("names", nargs=-1, metavar="[TOPIC]...")
@_file
@common
@click.pass_obj
def test_topics(context: Context, names: tuple[str, ...], topics: Path | None) -> int:
    """Try the examples of the topics (all, or those named by name or id); exit 1 when one fails."""
    watchlist = _watchlist(context, topics)
    chosen = [topic for topic in watchlist if not names or topic.name in names or topic.id in names]
    unknown = set(names) - {topic.name for topic in chosen} - {topic.id for topic in chosen}
    if unknown:
        raise click.UsageError(f"no topic is called {', '.join(sorted(unknown))}")
    trials = [trial for topic in chosen for trial in _trials(topic)]
    failed = [trial for trial in trials if not trial.passed]
    if context.json:
        counts = {"passed": len(trials) - len(failed), "failed": len(failed)}
        print_json({**counts, "trials": [asdict(trial) for trial in trials]})
    else:
        _tell(trials, failed)
    return 1 if failed else 0


def _trials(topic: Topic) -> Iterator[Trial]:
    """Each example is an article of its own, read as a text file is. A context that the topic asks for is the example's
    to bring."""
    if not (topic.examples.match or topic.examples.ignore):
        return
    from monitor.matching import Lexicon, Matcher

    matcher = Matcher([topic], Lexicon.shipped())
    wanted: tuple[tuple[Literal["match", "ignore"], tuple[str, ...]], ...] = (
        ("match", topic.examples.match),
        ("ignore", topic.examples.ignore),
    )
    for kind, texts in wanted:
        for text in texts:
            matches, refused = matcher.explain(as_article(text))
            if matches:
                found = ", ".join(dict.fromkeys(f"{one.text} ({one.how})" for one in matches[0].evidence))
            else:
                found = f"{refused[0].nearest}: {refused[0].reason}".removeprefix(": ")
            yield Trial(
                topic=topic.name, wanted=kind, text=text, passed=bool(matches) == (kind == "match"), found=found
            )


def _tell(trials: list[Trial], failed: list[Trial]) -> None:
    marks: dict[str, str] = {}
    for trial in trials:
        marks[trial.topic] = marks.get(trial.topic, "") + ("." if trial.passed else "F")
    for topic, row in marks.items():
        click.echo(f"{topic}: {row}")
    for trial in failed:
        what = "should match and does not" if trial.wanted == "match" else "should not match and does"
        click.echo(f"\nFAILED {trial.topic}: {what}\n    {trial.text}\n    {trial.found}")
    click.echo(f"\n{len(trials) - len(failed)} passed, {len(failed)} failed" if failed else f"\n{len(trials)} passed")
