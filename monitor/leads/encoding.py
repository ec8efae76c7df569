"""Which characters the bytes of a feed or sitemap stand for, whatever their server, their head and their author say."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PATTERNS = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:+-]+)", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]{1,200}?encoding\s*=\s*[\"']([\w.:+-]+)[\"']", re.IGNORECASE)
_AS_CP1252 = {"ascii", "iso8859-1", "latin-1", "cp1252"}
"""What browsers read as windows-1252 (https://encoding.spec.whatwg.org/#names-and-labels)."""
_NEVER = {"utf-7", "punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}


def decode(body: bytes, content_type: str = "") -> str:
    """The text of `body`: by its byte order mark, else as UTF-8 where it is, else by Content-Type or XML declaration.

    A byte that is not UTF-8 in a text that otherwise is, is read as windows-1252. Never raises.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    for pattern, name in _PATTERNS:
        if body[:64].lstrip().startswith(pattern):
            return body[len(body[:64]) - len(body[:64].lstrip()) :].decode(name, "replace")
    named = _named(content_type, body)
    try:
        return body.decode("utf-8") if not _is_seven_bit(named) else body.decode(named)
    except UnicodeDecodeError:
        return body.decode(named, "newswatch-cp1252" if named == "utf-8" else "replace")


def _named(content_type: str, body: bytes) -> str:
    """The codec that the header names, else the declaration, else UTF-8; one we know and dare to use."""
    header, declared = _HEADER.search(content_type), _DECLARED.search(body[:1024])
    labels = [header[1]] if header else []
    labels += [declared[1].decode("ascii", "replace")] if declared else []
    return next((name for name in map(_codec, labels) if name), "utf-8")


def _codec(label: str) -> str:
    try:
        found = codecs.lookup(label)
        "<".encode(found.name)
    except (LookupError, ValueError, AttributeError, TypeError):
        return ""
    if found.name in _NEVER or found.name.startswith(("utf-16", "utf-32")):
        return ""  # the bytes would have shown it
    return "cp1252" if found.name in _AS_CP1252 else found.name


def _is_seven_bit(name: str) -> bool:
    """Whether a codec spells other scripts in ASCII bytes, so that all of it is valid UTF-8 too."""
    return name.startswith(("iso2022", "hz")) or "<".encode(name) != b"<"


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("newswatch-cp1252", _as_cp1252)
