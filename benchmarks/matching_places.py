"""Place topics with a region against hand-marked local news, beside plain search for the name.

    python -m benchmarks.matching_places [--misses]

For every town or county whose name is marked as several places: one topic a place, tried on every article that holds
the name. Right is an article in which a mark says that place. A source's region, which an operator would give it, is
the division in which most places of its other articles lie.
"""

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks import data
from monitor.matching import Lexicon, Matcher
from monitor.records import Article, Topic

LEAST_RECALL = 0.90
FEWEST_MARKS = 3
Division = tuple[str, str]
"""(country, first division), without the division where its names are not in common use."""
DIVIDED = {"United States", "Canada", "United Kingdom"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A place topic, an article that holds its name, and whether it is about that place."""

    topic: Topic
    article: dict[str, Any]
    label: bool


def marks(article: dict[str, Any]) -> Iterator[tuple[str, str, Division]]:
    """(name, GeoNames class, division) of the marks that say all three."""
    for mark in article["toponyms"]:
        if mark.get("country") and mark.get("admin1"):
            country = mark["country"]
            division = (country, mark["admin1"] if country in DIVIDED else "")
            yield mark["phrase"], mark["fclass"] + mark["fcode"], division


def regions_of(division: Division, lexicon: Lexicon) -> tuple[str, ...]:
    """What an operator would write as the region of a topic or a source there."""
    country, first = division
    if country == "United States":
        area = next((r for r in lexicon.regions.values() if r.name == first and r.code.startswith("US.")), None)
        return (first, *(short for short in area.abbreviations if short.endswith("."))) if area else (first,)
    return (first, country) if first else (country,)


def cases(articles: list[dict[str, Any]], lexicon: Lexicon) -> list[Case]:
    """Every article with an ambiguous name, for each place that bears the name."""
    referents: dict[str, set[Division]] = defaultdict(set)
    for article in articles:
        for name, kind, division in marks(article):
            if kind.startswith("P") or kind == "AADM2":
                referents[name.title() if name.isupper() else name].add(division)
    found = []
    for name, divisions in sorted(referents.items()):
        if len(divisions) < 2:
            continue
        holds = re.compile(rf"\b({re.escape(name)}|{re.escape(name.upper())})\b").search
        holding = [article for article in articles if holds(article["text"])]
        for division in sorted(divisions):
            topic = Topic(id="t", name=f"{name} {division}", place=name, region=regions_of(division, lexicon))
            for article in holding:
                label = any(said.lower() == name.lower() and where == division for said, _, where in marks(article))
                found.append(Case(topic=topic, article=article, label=label))
    return found


def source_regions(articles: list[dict[str, Any]], lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """Where each article's source is local, by article id, told from the source's other articles."""
    counts: dict[str, Counter[Division]] = defaultdict(Counter)
    for article in articles:
        counts[article["publisher"]].update({division for _, _, division in marks(article)})
    local = {}
    for article in articles:
        others = counts[article["publisher"]] - Counter({division for _, _, division in marks(article)})
        first = next(iter(others.most_common(1)), None)
        local[article["id"]] = regions_of(first[0], lexicon) if first and first[1] >= FEWEST_MARKS else ()
    return local


def measured(every: list[Case], lexicon: Lexicon, local: dict[str, tuple[str, ...]], show: bool) -> tuple[float, float]:
    """(precision, recall) of the matcher."""
    right = false = missed = 0
    for case in every:
        article, text = case.article, case.article["text"]
        record = Article(title=article["title"], body=text, region=local.get(article["id"], ()))
        hit = Matcher([case.topic], lexicon).match(record)
        right, false, missed = (
            right + (bool(hit) and case.label),
            false + (bool(hit) and not case.label),
            missed + (case.label and not hit),
        )
        if show and bool(hit) != case.label:
            at = hit[0].evidence[0].start if hit else max(0, text.find(case.topic.place))
            said = {where for name, _, where in marks(article) if name.lower() == case.topic.place.lower()}
            print(f"  {'missed' if case.label else 'false'} {case.topic.name} in {article['id']}, marked {said}")
            print(f"    source {record.region}: …{text[max(0, at - 60) : at + 60]!r}…")
    return right / max(1, right + false), right / max(1, right + missed)


def main() -> int:
    """Prints precision and recall; 1 where precision is not half-way from plain search to 1 at the recall."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--misses", action="store_true", help="show every error")
    parser.add_argument("--quick", action="store_true", help="every fourth case")
    options = parser.parse_args()
    lexicon = Lexicon.shipped()
    articles = [article for article in data.toponyms() if any(True for _ in marks(article))]
    every = cases(articles, lexicon)[:: 4 if options.quick else 1]
    plain = sum(case.label for case in every) / len(every)
    needed = (1 + plain) / 2
    topics = len({case.topic.name for case in every})
    print(f"{topics} places, {len(every)} articles with their names; plain search: P {plain:.3f} R 1.000")
    precision, recall = measured(every, lexicon, source_regions(articles, lexicon), options.misses)
    print(f"sources with a region: P {precision:.3f} R {recall:.3f}; needed: P {needed:.3f} at R {LEAST_RECALL}")
    without, found = measured(every, lexicon, {}, show=False)
    print(f"sources without one:   P {without:.3f} R {found:.3f}")
    return int(precision < needed or recall < LEAST_RECALL)


if __name__ == "__main__":
    sys.exit(main())
