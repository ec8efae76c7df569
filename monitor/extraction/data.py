"""The longest text in the JSON that a page gives its own script to show (Next.js and its like)."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

_SIZE = 1_000_000
_DEPTH = 30
_PROSE = 60
"""Characters from which on a string with a sentence's end is running text."""
_SENTENCE = re.compile(r"\w[.!?\u3002\u2026][\"'\u201d\u00bb)]?(?:\s|<|$)")
_TEXT_KEYS = ("content", "text", "html", "value", "body", "paragraph", "copy")


def longest_text(sources: Sequence[str]) -> str:
    """The longest string of running text, or list of such as a story's paragraphs; "" where there is none."""
    found: list[str] = []
    for source in sources:
        try:
            found.extend(_texts(json.loads(source), 0) if len(source) <= _SIZE else ())
        except (ValueError, RecursionError):
            continue
    return max(found, key=len, default="")


def _texts(value: Any, depth: int) -> Iterator[str]:
    if depth > _DEPTH:
        return
    if isinstance(value, str):
        yield from [value] if _is_prose(value) else []
    elif isinstance(value, list):
        yield "\n".join(text for item in value if (text := _paragraph(item)))
        for item in value:
            yield from _texts(item, depth + 1)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item, depth + 1)


def _paragraph(item: Any) -> str:
    """The running text of one entry of a list of paragraphs: a string, or a block that holds one."""
    if isinstance(item, dict):
        if "title" in item or "headline" in item:  # a list of stories, not of paragraphs
            return ""
        item = next((item[key] for key in _TEXT_KEYS if isinstance(item.get(key), str)), "")
    return item if isinstance(item, str) and _is_prose(item) else ""


def _is_prose(text: str) -> bool:
    return len(text) >= _PROSE and bool(_SENTENCE.search(text)) and not text.startswith(("http", "{", "["))
