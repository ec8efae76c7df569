"""Reading what a form sent: small, and of one of the two kinds that forms have."""

from python_multipart.exceptions import FormParserError
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

LARGEST = 256 * 1024
"""Bytes of a request's body."""
_FIELDS = 5_000
_KINDS = {"application/x-www-form-urlencoded", "multipart/form-data"}


async def read(request: Request) -> FormData:
    """The fields of a form, urlencoded or multipart. Raises `HTTPException` (400, 413, 415) for anything else."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _KINDS:
        raise HTTPException(415, "This takes a form.")
    try:
        return await request.form(max_files=0, max_fields=_FIELDS, max_part_size=4_096)
    except FormParserError as error:
        raise HTTPException(400, "That form cannot be read.") from error


def value(form: FormData, name: str, default: str = "") -> str:
    """The one value of a field, its ends trimmed, cut at 500 characters; `default` where there is none."""
    found = form.get(name)
    return found.strip()[:500] if isinstance(found, str) else default


def values(form: FormData, name: str) -> tuple[str, ...]:
    """All values of a field."""
    return tuple(found for found in form.getlist(name) if isinstance(found, str))
