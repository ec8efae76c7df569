"""Which articles are joined into one story, and which are kept apart: `python -m benchmarks.stories`.

Copies: news texts of which up to a quarter of the words was changed (replaced, put in, taken out, a whole stretch
rewritten), under another headline, each in a store with `OTHERS` other articles of the same days. Different stories:
one article of a subject a month, all as if they had appeared on one day; whatever is joined is printed. Subjects: texts
that encyclopaedia articles cite, by subject, every pair of them scored by our likeness, by the titles' token set ratio
and by TF-IDF, each at its best threshold.
"""

import gzip
import json
import math
import random
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import justext
import sqlalchemy as sa
from rapidfuzz import fuzz

from benchmarks.data import articles as texts
from benchmarks.data import need
from monitor.records import Article
from monitor.store import articles, sources
from monitor.store.engine import open_store
from monitor.store.tables import articles as stored
from monitor.stories.events import Counts, likeness, telling
from monitor.stories.sketches import sketch

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
COPIED, OTHERS = 200, 1_000
CHANGES = ("replaced", "put in", "taken out", "a stretch rewritten")
OUTLETS = 12


def main() -> None:
    """Print the three figures; fail where a bar is missed."""
    copied = copies()
    apart, pairs = different()
    ours, peers = subjects()
    good = copied >= 0.97 and apart <= 0.01 * pairs and ours > max(peers)
    sys.exit(0 if good else "a bar is missed")


def copies() -> float:
    """The share of changed copies that are joined with their originals, of the worst kind of change."""
    chance = random.Random(5)
    found = [text for text in texts(8_000) if len(text["text"].split()) >= 80]
    originals = chance.sample(found, COPIED)
    taken = {text["id"] for text in originals}
    others = chance.sample([text for text in found if text["id"] not in taken], OTHERS)
    words = [word for text in others[:300] for word in text["text"].split()]
    shares = []
    for kind in CHANGES:
        with _store() as connection:
            for number, text in enumerate([*others, *originals]):
                _add(connection, number, number % OUTLETS, text["title"], text["text"], NOW)
            first = {text["id"]: _story(connection, OTHERS + place) for place, text in enumerate(originals)}
            joined = 0
            for place, text in enumerate(originals):
                number = OTHERS + COPIED + place
                title = chance.choice(others)["title"]
                _add(connection, number, OUTLETS, title, changed(text["text"], kind, words, chance), NOW)
                joined += _story(connection, number) == first[text["id"]]
        shares.append(joined / COPIED)
        print(f"copies, a quarter of the words {kind}: {joined / COPIED:.3f} of {COPIED} joined (bar .97)")
    return min(shares)


def changed(text: str, kind: str, words: Sequence[str], chance: random.Random) -> str:
    """A text of which a quarter of the words is not what it was."""
    found = text.split()
    some = len(found) // 4
    if kind == "a stretch rewritten":
        at = chance.randrange(len(found) - some)
        return " ".join([*found[:at], *chance.choices(words, k=some), *found[at + some :]])
    hit = set(chance.sample(range(len(found)), some))
    if kind == "taken out":
        return " ".join(word for place, word in enumerate(found) if place not in hit)
    new = {place: chance.choice(words) for place in hit}
    if kind == "put in":
        return " ".join(f"{word} {new[place]}" if place in hit else word for place, word in enumerate(found))
    return " ".join(new.get(place, word) for place, word in enumerate(found))


def different() -> tuple[int, int]:
    """Of articles of one subject in different months, as if of one day: pairs that were joined, and all pairs."""
    chance = random.Random(6)
    months: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for text in texts():
        if text["date"] and text["topic"]:
            months[text["topic"], text["date"][:7]].append(text)
    chosen = [chance.choice(found) for _, found in sorted(months.items())]
    chosen = chance.sample(chosen, min(1_500, len(chosen)))
    with _store() as connection:
        for number, text in enumerate(chosen):
            _add(
                connection, number, number % OUTLETS, text["title"], text["text"], NOW + timedelta(minutes=number % 600)
            )
        told: dict[int, list[str]] = defaultdict(list)
        for number, text in enumerate(chosen):
            told[_story(connection, number)].append(f"{text['date']} {text['title'][:70]}")
    joined = [titles for titles in told.values() if len(titles) > 1]
    for titles in joined:
        print("  joined: " + " | ".join(titles))
    found = sum(len(titles) * (len(titles) - 1) // 2 for titles in joined)
    subjects = Counter(text["topic"] for text in chosen)
    pairs = sum(count * (count - 1) // 2 for count in subjects.values())
    print(f"different stories of one subject: {found} of {pairs:,} pairs joined ({found / pairs:.5%}; bar 1 %); "
          f"{sum(map(len, joined))} of {len(chosen):,} articles stand in a story with another")  # fmt: skip
    return found, pairs


def subjects() -> tuple[float, list[float]]:
    """Our best pairwise F1 on cited texts by subject, and the peers'."""
    with gzip.open(need("news/pairs/wikiref220_clusters.jsonl.gz"), "rt", encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    split = [text["text"].strip().partition("\n") for text in found]
    titles, bodies = [title.strip().lower() for title, _, _ in split], [body for _, _, body in split]
    pairs = list(combinations(range(len(found)), 2))
    same = [found[a]["cluster"] == found[b]["cluster"] for a, b in pairs]
    drawn = [sketch(title, body, "en") for title, body in zip(titles, bodies, strict=True)]
    counts = Counts(len(drawn), Counter(term.text for one in drawn for term in one.terms))
    tellings = [telling(one, counts) for one in drawn]
    ours = best_f1([likeness(tellings[a], tellings[b]) for a, b in pairs], same)
    print(f"subjects, {len(found)} texts, {len(pairs):,} pairs: ours F1 {ours:.3f}")
    peers = [best_f1([fuzz.token_set_ratio(titles[a], titles[b]) for a, b in pairs], same)]
    print(f"  title token set ratio {peers[0]:.3f}")
    for stop in (False, True):
        for sublinear in (False, True):
            vectors = tf_idf([text["text"] for text in found], stop=stop, sublinear=sublinear)
            score = best_f1([_dot(vectors[a], vectors[b]) for a, b in pairs], same)
            print(f"  TF-IDF cosine{', stop words' * stop}{', sublinear' * sublinear} {score:.3f}")
            peers.append(score)
    return ours, peers


def tf_idf(found: Sequence[str], *, stop: bool, sublinear: bool) -> list[dict[str, float]]:
    """Normalized TF-IDF vectors, as is usual: words of two letters or more, smoothed inverse document frequency."""
    common = justext.get_stoplist("English") if stop else frozenset()
    counted = [Counter(w for w in re.findall(r"\b\w\w+\b", text.lower()) if w not in common) for text in found]
    holding = Counter(word for counts in counted for word in counts)
    vectors = []
    for counts in counted:
        weighed = {
            word: (1 + math.log(times) if sublinear else times) * (math.log((1 + len(found)) / (1 + holding[word])) + 1)
            for word, times in counts.items()
        }
        norm = math.hypot(*weighed.values()) or 1.0
        vectors.append({word: weight / norm for word, weight in weighed.items()})
    return vectors


def best_f1(scores: Sequence[float], same: Sequence[bool]) -> float:
    """The pairwise F1 at the threshold where it is highest."""
    ranked = sorted(zip(scores, same, strict=True), reverse=True)
    best, right, wanted = 0.0, 0, sum(same)
    for place, (score, is_same) in enumerate(ranked, 1):
        right += is_same
        if place == len(ranked) or ranked[place][0] != score:
            best = max(best, 2 * right / (place + wanted))
    return best


def _dot(a: dict[str, float], b: dict[str, float]) -> float:
    return sum(weight * b[word] for word, weight in a.items() if word in b)


@contextmanager
def _store() -> Iterator[sa.Connection]:
    """A store of its own, with outlets."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_store(f"sqlite:///{Path(folder) / 'stories.db'}")
        with engine.connect() as connection:
            sources.ensure(connection, [f"Outlet {number}" for number in range(OUTLETS + 1)])
            yield connection
        engine.dispose()


def _add(connection: sa.Connection, number: int, outlet: int, title: str, body: str, when: datetime) -> None:
    source_id = sources.states(connection)[f"Outlet {outlet}"].id
    url = f"https://outlet{outlet}.example/{number}"
    article = Article(title=title, body=body, url=url, canonical_url=url, published=when, language="en")
    articles.add(connection, article, source_id, when)


def _story(connection: sa.Connection, number: int) -> int:
    query = sa.select(stored.c.story_id).where(stored.c.url.like(f"%.example/{number}"))
    return int(connection.execute(query).scalar_one())


if __name__ == "__main__":
    main()
