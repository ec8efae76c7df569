#!/usr/bin/env python3
"""Write docs/reference/ from the command's --help and the configuration's models; `--check` only says what is stale."""

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import click
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
NOTE = "<!-- Written by docs/generate.py; change the command or the model, and run it. -->\n"
WIDTH = 100


def pages() -> dict[Path, str]:
    """Every generated page, by its path."""
    sys.path.insert(0, str(ROOT))
    return {REFERENCE / "commands.md": commands_page(), REFERENCE / "settings.md": settings_page()}


def commands_page() -> str:
    """The command and all its subcommands, as `--help` shows them."""
    from newswatch.cli import newswatch

    blocks = [NOTE, "# Commands\n"]
    for context in _walk(_context(newswatch, "newswatch", None)):
        path = context.command_path.split()
        blocks.append(f"{'#' * (1 + len(path))} {' '.join(path)}\n\n```text\n{context.get_help().rstrip()}\n```\n")
    return "\n".join(blocks)


def _walk(context: click.Context) -> Iterator[click.Context]:
    """A command's context, then those of the commands below it."""
    yield context
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            below = context.command.get_command(context, name)
            if below is not None and not below.hidden:
                yield from _walk(_context(below, name, context))


def _context(command: click.Command, name: str, parent: click.Context | None) -> click.Context:
    return click.Context(
        command, info_name=name, parent=parent, terminal_width=WIDTH, help_option_names=["-h", "--help"]
    )


def settings_page() -> str:
    """The four files, key by key."""
    from config.settings import Settings
    from config.sources import SourcesFile
    from config.subscribers import SubscribersFile
    from config.topics import TopicsFile

    blocks = [NOTE, "# Settings\n", INTRODUCTION]
    for file, what, model in (
        ("newswatch.yaml", "Who speaks, where things are kept, how mail goes out, how sites are asked.", Settings),
        ("sources.yaml", "The news sites of the beat.", SourcesFile),
        ("topics.yaml", "The watchlist.", TopicsFile),
        ("subscribers.yaml", "Who hears of what, and when. What people or commands change wins.", SubscribersFile),
    ):
        blocks.append(f"## {file}\n\n{what}\n")
        blocks.extend(_tables(model, ""))
    return "\n".join(blocks)


INTRODUCTION = """A configuration is a directory with four YAML files: `--config DIR`, else `NEWSWATCH_CONFIG`, else
`./config`. `newswatch init DIR` writes commented samples; `newswatch check` names every error with its line, and
`newswatch check --schema` prints JSON Schemas for an editor. Relative paths start at the directory. A duration is
`90s`, `15m`, `72h`, `3d` or `1h30m`. Where a list is wanted, a single text will do.

A key of newswatch.yaml can be set by an environment variable too, and a secret be read from a file:
`NEWSWATCH_MAIL__TRANSPORT=smtp://localhost:25`, `NEWSWATCH_MAIL__PASSWORD_FILE=/run/secrets/smtp`.
"""


def _tables(model: type[BaseModel], prefix: str) -> Iterator[str]:
    """One table for a model's own keys, then one for each model below it."""
    rows, below = [], []
    for name, field in model.model_fields.items():
        key = prefix + (field.alias or name)
        inner = _model_in(field.annotation)
        if inner is None:
            rows.append(f"| `{key}` | {_kind(field.annotation)} | {_default(field)} | {_cell(field.description)} |")
        else:
            many = get_origin(field.annotation) is tuple
            below.append((inner, f"{key}[]." if many else f"{key}."))
    if rows:
        title = f"### {prefix.rstrip('.').removesuffix('[]')}\n\n{_sentence(model)}\n\n" if prefix else ""
        yield f"{title}| key | value | default | |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"
    for inner, deeper in below:
        yield from _tables(inner, deeper)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for argument in get_args(annotation) if (found := _model_in(argument))), None)


def _kind(annotation: Any) -> str:
    """What may stand there, in a word or two."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind(arguments[0])
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in arguments)
    if origin in (Union, UnionType):
        return " or ".join(_kind(one) for one in arguments if one is not NoneType)
    if origin is tuple:
        return f"list of {_kind(arguments[0])}s"
    words = {str: "text", bool: "true or false", int: "number", float: "number", timedelta: "duration"}
    return words.get(annotation, getattr(annotation, "__name__", str(annotation)))


def _default(field: FieldInfo) -> str:
    value = field.default
    if value is PydanticUndefined:
        return "needed"
    if value is None:
        return "absent"
    if isinstance(value, timedelta):
        return f"`{_duration(value)}`"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return f"`[{', '.join(_duration(v) if isinstance(v, timedelta) else str(v) for v in value)}]`"
    return f"`{value}`" if value != "" else "empty"


def _duration(value: timedelta) -> str:
    seconds = value.total_seconds()
    size, unit = next((s, u) for s, u in ((3600, "h"), (60, "m"), (1, "s"), (0.001, "ms")) if not seconds % s)
    return f"{seconds / size:g}{unit}"


def _sentence(model: type[BaseModel]) -> str:
    return " ".join((model.__doc__ or "").split())


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|").replace("<", "&lt;")


def main() -> None:
    """Write the pages, or with `--check` name the stale ones and exit with 1."""
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv:
        sys.exit("\n".join(f"{path.relative_to(ROOT)} is stale: run docs/generate.py" for path in stale) or 0)
    REFERENCE.mkdir(exist_ok=True)
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
