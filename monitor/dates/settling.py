"""What an article's date is, of all that speak for one: its page, the way in that listed it, and the server."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from monitor.records import Confidence, Extract, Lead, Precision

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """When an article was published, how exactly and how surely that is known, and who said so."""

    published: datetime | None = None
    precision: Precision | None = None
    origin: str = ""
    confidence: Confidence | None = None
    offset: int = 0
    """Minutes east of UTC in which it was written."""


def settle(extract: Extract, lead: Lead, last_modified: str = "", fetched: datetime | None = None) -> Settled:
    """The date of an article, from its page, the lead to it, and the Last-Modified of the answer fetched at `fetched`.

    Where page and lead differ by days, the earlier is right: stories are dated anew, and never before they were
    written. Only what a page gave no more than a hint of gives way to its lead.
    """
    page, theirs = _of_page(extract), _of_lead(lead)
    if page is None or theirs is None:
        return page or theirs or _of_server(last_modified, fetched) or Settled()
    if page.confidence == "low":
        return theirs
    assert page.published is not None
    assert theirs.published is not None
    apart = page.published - theirs.published
    if abs(apart) > (_DAY if page.precision == theirs.precision == "time" else 2 * _DAY):
        return replace(theirs if apart > timedelta() else page, confidence="medium")
    return page if page.precision == "time" or theirs.precision == "day" else theirs


def _of_page(extract: Extract) -> Settled | None:
    if extract.published is None:
        return None
    return Settled(
        published=extract.published, precision=extract.precision, origin=extract.published_from,
        confidence=extract.confidence or "high", offset=extract.published_offset,
    )  # fmt: skip


def _of_lead(lead: Lead) -> Settled | None:
    if lead.published is None or lead.doubtful:
        return None
    return Settled(published=lead.published, precision=lead.precision or "time", origin=lead.way, confidence="high")


def _of_server(last_modified: str, fetched: datetime | None) -> Settled | None:
    """An undated page that has not changed for days is no younger than that; one made anew each time says nothing."""
    try:
        changed = parsedate_to_datetime(last_modified)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    changed = (changed if changed.tzinfo else changed.replace(tzinfo=UTC)).astimezone(UTC)
    if fetched is None or changed.year < 1990 or fetched - changed < _DAY:
        return None
    return Settled(published=changed, precision="time", origin="last-modified", confidence="low")
