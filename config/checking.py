"""Pydantic's findings in the operator's words, each at its place in the file."""

import difflib
import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from config.document import Document
from config.errors import Finding

Model = TypeVar("Model", bound=BaseModel)

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


class Strict(BaseModel):
    """What all our models share: frozen, and no unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def validate(document: Document, model: type[Model]) -> tuple[Model | None, list[Finding]]:
    """The document's data as a `model`, and what is wrong with it."""
    if document.findings and document.data is None:
        return None, document.findings
    try:
        parsed = model.model_validate(document.data if document.data is not None else {})
        return parsed, document.findings
    except ValidationError as error:
        wrong = [_finding(document, model, details) for details in error.errors(include_url=False)]
        return None, document.findings + wrong


def nearest(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?` for the known word that is most like `word`, or nothing."""
    spelled = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(word.casefold(), list(spelled), n=1, cutoff=0.6)
    return f"; did you mean {spelled[close[0]]!r}?" if close else ""


def duration(value: Any) -> Any:
    """`90s`, `15m`, `72h`, `3d`, `1w` or `1h30m` as a timedelta."""
    if isinstance(value, timedelta):
        return value
    text = str(value).strip().lower()
    parts = re.findall(r"(\d+(?:\.\d+)?)\s*(ms|[smhdw])", text)
    if not parts or re.sub(r"(\d+(?:\.\d+)?)\s*(ms|[smhdw])", "", text).strip():
        raise ValueError("write a number with a unit, such as 30s, 15m, 72h or 3d")
    return timedelta(seconds=sum(float(n) * (0.001 if unit == "ms" else _UNITS[unit]) for n, unit in parts))


def positive(value: timedelta) -> timedelta:
    """More than no time at all."""
    if value <= timedelta():
        raise ValueError("must be more than nothing")
    return value


def web_address(value: str) -> str:
    """An absolute http or https address."""
    if not re.match(r"https?://[^\s/?#]+", value):
        raise ValueError("write a whole address that begins with http:// or https://")
    return value


def words(value: Any) -> Any:
    """One text, number or a list of them, as a list of texts: YAML reads 911 and 2026 as numbers."""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        value = [value]
    if not isinstance(value, list | tuple):
        return value
    return [str(v) if isinstance(v, int | float) and not isinstance(v, bool) else v for v in value]


def _filled(values: tuple[str, ...]) -> tuple[str, ...]:
    if any(not v.strip() for v in values):
        raise ValueError("holds an empty text; take it out")
    return values


Duration = Annotated[timedelta, BeforeValidator(duration)]
Durations = Annotated[tuple[Duration, ...], BeforeValidator(lambda value: [value] if isinstance(value, str) else value)]
WebAddress = Annotated[str, AfterValidator(web_address)]
Words = Annotated[tuple[str, ...], BeforeValidator(words), AfterValidator(_filled)]


def _finding(document: Document, model: type[BaseModel], details: ErrorDetails) -> Finding:
    way = tuple(step for step in details["loc"] if not _is_branch(step))
    kind = details["type"]
    if kind == "extra_forbidden":
        known = _keys(model, way[:-1])
        message = f"unknown key{nearest(str(way[-1]), known) or '; known are ' + ', '.join(known)}"
        return document.finding(way, message, at_key=True)
    if kind == "missing":
        return document.finding(way, "is missing")
    return document.finding(way, _message(details, _keys(model, way), shown=not _is_secret(details)))


def _message(details: ErrorDetails, known: list[str], *, shown: bool = True) -> str:
    """`known` are the keys of a group that belongs there."""
    context, given = details.get("ctx") or {}, details["input"]
    if details["type"] in ("value_error", "assertion_error"):
        message = str(context.get("error", details["msg"]))
    elif details["type"] == "literal_error":
        choices = re.findall(r"'([^']*)'", str(context["expected"]))
        message = f"must be {context['expected']}{nearest(str(given), choices)}"
    elif details["type"] in ("tuple_type", "list_type"):
        message = "must be a list: [one, two], or one a line after a dash"
    elif details["type"] in ("model_type", "dict_type", "model_attributes_type"):
        message = "must be a group of keys" + (f": {', '.join(known)}" if known else "")
    elif details["type"] == "less_than_equal":
        message = f"must be at most {context['le']:g}"
    elif details["type"] == "greater_than_equal":
        message = f"must be at least {context['ge']:g}"
    elif details["type"] == "string_type":
        several = isinstance(given, list | dict)
        message = "must be a text, not a list or a group of keys" if several else "must be a text; put it in quotes"
    elif details["type"] in ("float_type", "float_parsing"):
        message = "must be a number"
    elif details["type"] == "string_too_short":
        message = "must not be empty"
    else:
        message = details["msg"][:1].lower() + details["msg"][1:]
    value = repr(given) if isinstance(given, str | int | float) and not isinstance(given, bool) else None
    return f"{message} (it is {value[:80]})" if shown and value and value[:60] not in message else message


def _is_secret(details: ErrorDetails) -> bool:
    """Whether what was given must not be shown: the address of a channel, wherever it was written, or a password."""
    way = details["loc"]
    return way[-1:] in {("password",), ("to",)} or (way[:1] == ("subscribers",) and "://" in str(details["input"]))


def _is_branch(step: str | int) -> bool:
    """Pydantic names the branch of a union it tried; that is no key of the file."""
    return isinstance(step, str) and bool(re.search(r"[\[(]|^(str|tuple|int|literal)$|function-", step))


def _keys(model: type[BaseModel], way: tuple[str | int, ...]) -> list[str]:
    current: Any = model
    for step in way:
        if isinstance(step, str) and isinstance(current, type) and issubclass(current, BaseModel):
            current = _model_in(
                next((f.annotation for n, f in current.model_fields.items() if step in (n, f.alias)), None)
            )
        if current is None:
            return []
    return [field.alias or name for name, field in current.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _model_in(argument)
        if found:
            return found
    return None
