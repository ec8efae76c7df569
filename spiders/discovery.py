"""The ways in that the operator did not name: which ones are known, which are tried, and which are kept."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from monitor.records import Source

if TYPE_CHECKING:
    from monitor.leads.ways import Candidate

Kind = Literal["feeds", "sitemaps", "sections"]
KINDS: tuple[Kind, ...] = ("feeds", "sitemaps", "sections")
WEEK = timedelta(days=7)
"""So long the ways found on a home page are taken to be the ways."""
_FOUND = "found"
"""Beside the ways in the store: when they were looked for."""
_NAMED, _GUESSED, _MENU = 3, 2, 4
"""As many ways of a kind that the site names are tried, that are merely usual, and sections of its menu."""


def known(source: Source, found: Mapping[str, list[str]], now: datetime) -> dict[Kind, tuple[str, ...] | None]:
    """The ways into a source, named or found before; `None` for a kind that is (again) to be discovered."""
    stale = not found.get(_FOUND) or not timedelta() <= now - datetime.fromisoformat(found[_FOUND][0]) < WEEK
    ways: dict[Kind, tuple[str, ...] | None] = {}
    for kind in KINDS:
        named: tuple[str, ...] | None = getattr(source, kind)
        if named is None and not stale and kind in found:
            named = tuple(found[kind])
        ways[kind] = named
    return ways


def worth_trying(candidates: Iterable["Candidate"], missing: Iterable[Kind]) -> list["Candidate"]:
    """The likeliest few of the missing kinds; guesses and menus only where the site names nothing better."""
    wanted = [candidate for candidate in candidates if candidate.kind in missing]
    lists = [c for kind in ("feeds", "sitemaps") for c in [c for c in wanted if c.kind == kind and c.named][:_NAMED]]
    sections = [c for c in wanted if c.kind == "sections"]
    if lists:
        return lists + sections[:1]
    guesses = [c for kind in ("feeds", "sitemaps") for c in [c for c in wanted if c.kind == kind][:_GUESSED]]
    return guesses + sections[: 1 + _MENU]


class Discovery:
    """One look for a source's ways in: when each candidate is settled, those that could be read are kept.

    That there are none is kept too, unless the source has no other way in: then it is looked for again.
    """

    def __init__(
        self, missing: Iterable[Kind], keep: Callable[[Mapping[str, list[str]]], None], now: datetime, *, alone: bool
    ) -> None:
        self.missing = tuple(missing)
        self._alone = alone
        self._keep, self._now = keep, now
        self._found: dict[str, list[str]] = {kind: [] for kind in self.missing}
        self._waiting = 0

    def begin(self, number: int) -> None:
        """So many candidates are tried."""
        self._waiting = number
        self._end()

    def settle(self, kind: Kind, url: str, *, good: bool) -> None:
        """A candidate could be read, or could not."""
        if good:
            self._found[kind].append(url)
        self._waiting -= 1
        self._end()

    def _end(self) -> None:
        if self._waiting == 0 and not self.in_vain:
            self._keep({**self._found, _FOUND: [self._now.isoformat()]})

    @property
    def in_vain(self) -> bool:
        """Whether all candidates are settled, none was good, and the source has no other way in."""
        return self._alone and self._waiting == 0 and not any(self._found.values())
