"""What every command shares: the configuration, the clock, the store, the lock, and how results are printed."""

import json
import logging
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from monitor.clock import Clock
from monitor.errors import NewswatchError

if TYPE_CHECKING:
    import sqlalchemy as sa
    from filelock import BaseFileLock

    from config.loading import Config

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass
class Context:
    """The options that all commands take, and what is made from them, once, when it is first asked for."""

    config_option: Path | None = None
    json: bool = False
    verbose: int = 0
    at: datetime | None = None

    @property
    def directory(self) -> Path:
        """The configuration directory: `--config`, else NEWSWATCH_CONFIG, else ./config."""
        return (self.config_option or Path(os.environ.get("NEWSWATCH_CONFIG") or "config")).absolute()

    @cached_property
    def config(self) -> "Config":
        """The four files, validated. Raises `config.errors.ConfigErrors`."""
        from config.loading import load

        return load(self.directory)

    @cached_property
    def clock(self) -> Clock:
        """The run's clock: it starts at `--at` when that was given."""
        return Clock.starting_at(self.at) if self.at else Clock()

    @cached_property
    def store(self) -> "sa.Engine":
        """The store, migrated. Raises `monitor.store.troubles.StoreError`."""
        from monitor.store.engine import open_store

        return open_store(self.config.settings.store)

    def close(self) -> None:
        """Let go of the store, if it was opened."""
        if "store" in self.__dict__:
            self.store.dispose()

    def lock(self) -> "BaseFileLock":
        """The lock that only one run holds. Entering it raises `filelock.Timeout` at once when another has it."""
        from filelock import FileLock

        path = self.config.settings.lock_file
        path.parent.mkdir(parents=True, exist_ok=True)
        return FileLock(path, timeout=0)

    @property
    def interactive(self) -> bool:
        """Whether a person is watching: progress is shown, and a good run says what it did."""
        return sys.stderr.isatty() and not self.json


_VALUED = ("--config", "--at")
_COMMON = re.compile(r"--config(=.*)?|--at(=.*)?|--json|--verbose|-v+", re.DOTALL)
"""The options that most commands take, as they stand on a command line."""


class Group(click.Group):
    """A group whose commands' common options may stand before their names too.

    It shows the whole first sentence of each command's help, not as much as fits into a line.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        begin = 0
        while begin < len(args) and _COMMON.fullmatch(args[begin]):
            begin += 2 if args[begin] in _VALUED else 1
        command = args[begin : begin + 1]
        if command and not command[0].startswith("-"):
            return super().parse_args(ctx, [*command, *args[:begin], *args[begin + 1 :]])
        return super().parse_args(ctx, args[begin:])

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [
            (name, command.get_short_help_str(limit=1_000))
            for name in self.list_commands(ctx)
            if (command := self.get_command(ctx, name)) is not None and not command.hidden
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def common(command: Command) -> Command:
    """Add `--config`, `--json` and `-v` to a command."""
    for option in (
        click.option("-v", "--verbose", count=True, expose_value=False, callback=_set("verbose"),
                     help="Say more on stderr; twice for everything."),
        click.option("--json", "as_json", is_flag=True, expose_value=False, callback=_set("json"),
                     help="Print one JSON document on stdout."),
        click.option("--config", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", expose_value=False,
                     callback=_set("config_option"),
                     help="The configuration directory (else NEWSWATCH_CONFIG, else ./config)."),
    ):  # fmt: skip
        command = option(command)
    return command


def at_option(command: Command) -> Command:
    """Add `--at TIME`: the run's clock starts there and ticks."""
    option = click.option(
        "--at", type=Instant(), metavar="TIME", expose_value=False, callback=_set("at"),
        help="Start the run's clock at this ISO 8601 time (UTC where it names no offset).",
    )  # fmt: skip
    return option(command)


class Instant(click.ParamType[datetime]):
    """An ISO 8601 time on the command line, made aware UTC."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a time; write 2026-11-24T06:00:00Z", param, ctx)
        return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)


def as_json(value: Any) -> str:
    """A JSON document in one line; times as 2026-11-24T06:00:00Z."""
    return json.dumps(value, ensure_ascii=False, default=_plain)


def print_json(value: Any) -> None:
    """Print one JSON document, or one line of JSON Lines, on stdout."""
    click.echo(as_json(value))


def set_up_logging(verbose: int) -> None:
    """Send log records to stderr: warnings, or with -v what was done, or with -vv everything."""
    handler = logging.StreamHandler()
    handler.setFormatter(_OneLine("%(levelname)s %(name)s: %(message)s"))
    handler.addFilter(lambda record: verbose > 1 or not _is_told_later(record))
    level = (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    logging.basicConfig(level=level, handlers=[handler], force=True)
    if verbose < 2:
        for name in ("scrapy", "twisted", "trafilatura", "htmldate", "asyncio", "filelock"):
            logging.getLogger(name).setLevel(logging.ERROR)


def _is_told_later(record: logging.LogRecord) -> bool:
    """Whether it is of an error that ends the command and is told there, once."""
    return bool(record.exc_info and isinstance(record.exc_info[1], NewswatchError))


class _OneLine(logging.Formatter):
    """One record, one line: what a page says cannot forge a second record."""

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        if record.exc_info:
            return text
        return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _set(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def callback(ctx: click.Context, _param: click.Parameter, value: Any) -> None:
        if value:
            setattr(ctx.ensure_object(Context), name, value)
            if name == "verbose":
                set_up_logging(value)

    return callback


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    raise TypeError(f"{type(value).__name__} is not JSON")
