"""`newswatch match`: which topics a text is about, and with --explain why not."""

import json
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from monitor.errors import NewswatchError
from monitor.records import Article, Match, Refusal, Response
from newswatch.context import Context, common, print_json

if TYPE_CHECKING:
    from monitor.matching.matcher import Matcher


class NoArticleError(NewswatchError):
    """There is nothing at `target` that can be matched."""

    def __init__(self, target: str, reason: str) -> None:
        self.target = target
        super().__init__(f"{target}: {reason}")


@click.command("match")
@click.argument("target", metavar="FILE|URL|-", default="-")
@click.option(
    "--topics",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="A watchlist other than the configuration's topics.yaml.",
)
@click.option("--jsonl", is_flag=True, help='Read {"id", "title", "text"} lines, print a line of matches for each.')
@click.option("--explain", is_flag=True, help="Tell for every other topic the nearest candidate, and what refused it.")
@click.option(
    "--cache",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Keep what was learned of words in this file, for the next time.",
)
@common
@click.pass_obj
def command(
    context: Context, target: str, topics: Path | None, jsonl: bool, explain: bool, cache: Path | None
) -> int:  # fmt: skip
    """Match a text, a saved page, a page of the web, or many texts at once against the watchlist.

    In a text file, the first line is the title when an empty line follows it.
    """
    matcher = _matcher(topics or context.directory / "topics.yaml", cache)
    if jsonl:
        failed = _lines(matcher, target, explain)
    else:
        _show(context, matcher, _article(context, target), explain)
        failed = 0
    if cache is not None:
        matcher.save()
    return 1 if failed else 0


def _matcher(topics: Path, cache: Path | None) -> "Matcher":
    from config.topics import load_topics
    from monitor.matching import Lexicon, Matcher

    return Matcher(load_topics(topics), Lexicon.shipped(), cache)


# -- many texts


def _lines(matcher: "Matcher", target: str, explain: bool) -> int:
    """Match each line; returns how many could not be read. The time told is that of reading, matching and printing."""
    failed = count = 0
    started = time.perf_counter()
    with _opened(target, "r", "utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                row = json.loads(line) if line.strip() else None
                article = _from_row(row) if row is not None else None
            except (ValueError, TypeError) as error:
                click.echo(f"{target}:{number}: {error}", err=True)
                failed += 1
                continue
            if article is not None and row is not None:
                sys.stdout.write(json.dumps({"id": row.get("id"), **_findings(matcher, article, explain)}) + "\n")
                count += 1
    sys.stdout.flush()
    seconds = time.perf_counter() - started
    click.echo(f"articles={count} seconds={seconds:.3f} articles_per_second={count / max(seconds, 1e-9):.1f}", err=True)
    return failed


def _from_row(row: object) -> Article:
    if not isinstance(row, dict):
        raise TypeError("each line holds one JSON object")
    texts = {key: row.get(key) or "" for key in ("title", "text", "source")}
    for key, value in texts.items():
        if not isinstance(value, str):
            raise TypeError(f"{key} is no text")
    return Article(title=texts["title"], body=texts["text"], source=texts["source"], region=_region(row.get("region")))


def _region(value: object) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return tuple(value)
    raise TypeError("region is a name or a list of names")


def _findings(matcher: "Matcher", article: Article, explain: bool) -> dict[str, Any]:
    if not explain:
        return {"matches": [_match(match) for match in matcher.match(article)]}
    matches, refused = matcher.explain(article)
    return {"matches": [_match(match) for match in matches], "refused": [_refusal(one) for one in refused]}


def _match(match: Match) -> dict[str, Any]:
    return {"topic": match.topic, "score": match.score, "evidence": [asdict(one) for one in match.evidence]}


def _refusal(refusal: Refusal) -> dict[str, Any]:
    return {"topic": refusal.topic, "reason": refusal.reason, "nearest": refusal.nearest}


# -- one text


def _show(context: Context, matcher: "Matcher", article: Article, explain: bool) -> None:
    if context.json:
        print_json(_findings(matcher, article, explain))
        return
    matches, refused = matcher.explain(article) if explain else (matcher.match(article), [])
    for match in matches:
        click.echo(f"{match.topic}  {match.score:g}")
        for one in match.evidence:
            place = f"{one.field} {one.start}–{one.end}"
            click.echo(f"    {place}: {' '.join(one.text.split())} ({one.how} of {one.term})")
    for refusal in refused:
        near = f": {refusal.nearest}" if refusal.nearest else ""
        click.echo(f"not {refusal.topic}{near} – {refusal.reason}")
    if not matches and not explain:
        click.echo("no topic matches; --explain tells why", err=True)


def _article(context: Context, target: str) -> Article:
    if target.startswith(("http://", "https://")):
        return _fetched(context, target)
    with _opened(target, "rb") as file:
        page = _bytes(file)
    if page.lstrip()[:1] == b"<":
        return _extracted(page, target)
    return as_article(page.decode("utf-8", "replace").removeprefix("\ufeff"))


def as_article(text: str) -> Article:
    """A text as an article: the first line is the title when an empty line follows it."""
    first, blank, rest = text.partition("\n\n")
    return Article(title=first, body=rest.lstrip("\n")) if blank and "\n" not in first else Article(body=text)


def _opened(target: str, mode: str, encoding: str | None = None) -> IO[Any]:
    """A file, or the standard input where it is `-`; raises `NoArticleError` where it cannot be read."""
    try:
        return click.open_file(target, mode, encoding=encoding, errors="replace" if encoding else "strict")
    except OSError as error:
        raise NoArticleError(target, error.strerror or str(error)) from None


def _bytes(file: IO[Any]) -> bytes:
    data = file.read()
    return data if isinstance(data, bytes) else str(data).encode()


def _extracted(page: bytes, target: str) -> Article:
    from newswatch.extract import extracted

    found = extracted(Response(url="", body=page, fetched=datetime.now(UTC)), target)
    if found.page_type != "article":
        raise NoArticleError(target, "the page is no article; `newswatch extract` tells what was found on it")
    return Article(title=found.title, body=found.body)


def _fetched(context: Context, address: str) -> Article:
    """A page of the web, fetched with the manners of every crawl into a store that is thrown away."""
    from monitor.store import articles
    from monitor.store.engine import open_store
    from newswatch import fetching
    from spiders.crawl import crawl

    with tempfile.TemporaryDirectory(prefix="newswatch-") as folder:
        store = f"sqlite:///{Path(folder) / 'match.db'}"
        plan = fetching.plan(context.config, (), context.clock)
        report = crawl(
            replace(plan, store=store, addresses=(address,), owners=context.config.sources, topics=(), cache="")
        )
        engine = open_store(store)
        with engine.connect() as connection:
            rows: Iterable[dict[str, Any]] = list(articles.rows(connection, None))
        engine.dispose()
    for row in rows:
        region = next((source.region for source in context.config.sources if source.name == row["source"]), ())
        return Article(title=row["title"], body=row["body"], url=address, source=row["source"], region=region)
    raise NoArticleError(address, next(_reasons(report), "no article was found there"))


def _reasons(report: Any) -> Iterator[str]:
    yield from (outcome.reason for outcome in report.sources if outcome.reason)
    yield from (refusal.reason for refusal in report.refused)
