"""Troubles of the machine, kept in a file of their own: since when each stands, for the store may be one of them."""

import json
import logging
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from pathlib import Path

logger = logging.getLogger(__name__)

LASTS = timedelta(minutes=10)
"""A trouble must have stood for so long: a blip mails nobody."""
STORE, STORE_TOLD, DISK = "store", "store, told", "disk"


def note(path: Path, now: datetime, troubles: Collection[str]) -> dict[str, datetime]:
    """Note in `path` which troubles stand now, and forget the others; return since when those that last do."""
    known = standing(path)
    found = {name: min(known.get(name, now), now) for name in troubles}
    if found != known:
        _write(path, found)
    return {name: since for name, since in found.items() if now - since >= LASTS}


def standing(path: Path) -> dict[str, datetime]:
    """The troubles noted last, and since when each stands; none where the file is missing or not ours."""
    try:
        noted = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): datetime.fromisoformat(since) for name, since in noted.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _write(path: Path, found: Mapping[str, datetime]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({name: since.isoformat() for name, since in found.items()}), encoding="utf-8")
    except OSError as error:
        logger.warning("%s cannot be written: %s", path, error.strerror or error)
