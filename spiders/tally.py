"""The count of what a crawl did: how each source fared, and what was refused."""

from collections import Counter
from collections.abc import Iterable, Mapping

from monitor.records import Counts, Source
from spiders.plan import CrawlReport, Refused, SourceOutcome, Trouble


class Tally:
    """Collects, for the report at the end."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._sources = {source.name: source for source in sources}
        self._changed: dict[str, set[str]] = {}
        self._same: dict[str, set[str]] = {}
        self._failed: dict[str, dict[str, str]] = {}
        self._unanswered: dict[str, str] = {}
        self._refused: Counter[tuple[str, str]] = Counter()
        self._examples: dict[tuple[str, str], str] = {}

    def checked(self, source: Source, url: str) -> None:
        """A way in answered with something to read."""
        self._changed.setdefault(source.name, set()).add(url)

    def unchanged(self, source: Source, url: str) -> None:
        """A way in answered 304."""
        self._same.setdefault(source.name, set()).add(url)

    def failed(self, source: Source, url: str, reason: str) -> None:
        """A way in did not answer as it should."""
        self._failed.setdefault(source.name, {})[url] = reason

    def unanswered(self, address: str, reason: str) -> None:
        """A single page that somebody asked for could not be fetched."""
        self._unanswered[address] = reason

    def refused(self, host: str, url: str, reason: str) -> None:
        """A request was not made, or its answer not taken."""
        self._refused[host, reason] += 1
        self._examples.setdefault((host, reason), url)

    def reached(self) -> list[Source]:
        """The sources of which at least one way in was tried to the end."""
        tried = self._changed.keys() | self._same.keys() | self._failed.keys()
        return [source for name, source in self._sources.items() if name in tried]

    def report(
        self, counts: Mapping[str, int], *, requests: int, out_of_budget: bool, interrupted: int, seconds: float
    ) -> CrawlReport:
        """The whole of it; `counts` are the writer's."""
        return CrawlReport(
            sources=(
                *(self._outcome(name) for name in self._sources),
                *(SourceOutcome(name=url, state="failed", reason=why) for url, why in self._unanswered.items()),
            ),
            articles=Counts(**{name: counts.get(name, 0) for name in ("new", "revised", "held", "other")}),
            matches=counts.get("matches", 0),
            requests=requests,
            out_of_budget=out_of_budget,
            interrupted=interrupted,
            refused=tuple(
                Refused(host=host, reason=reason, count=count, example=self._examples[host, reason])
                for (host, reason), count in self._refused.most_common()
            ),
            seconds=seconds,
        )

    def _outcome(self, name: str) -> SourceOutcome:
        failed = self._failed.get(name, {})
        troubles = tuple(Trouble(url, reason) for url, reason in failed.items())
        if name in self._changed:
            return SourceOutcome(name=name, state="checked", troubles=troubles)
        if name in self._same:
            return SourceOutcome(name=name, state="unchanged", troubles=troubles)
        if failed:
            reason = "; ".join(dict.fromkeys(failed.values()))
            return SourceOutcome(name=name, state="failed", reason=reason, troubles=troubles)
        return SourceOutcome(name=name, state="unreached")
