"""How sure and how fast the matcher is, beside a partial_ratio loop and exact search, on one workload.

    python -m benchmarks.matching [--quick] [--misses] [--seed N]

Mentions and look-alikes are planted into real articles, one a text. What a topic's name does in the articles of itself
is left out of the count. Speed is CPU time in a steady stream: the last 1,000 of 6,000 articles, their new words
counted; "warm" is the same 1,000 once more. The loop, whose cost is linear in terms and in letters, is timed on a
sample of them, long and short ones in their shares, and its time is told for their mean length.
"""

import argparse
import gc
import math
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks import data
from benchmarks.peers import Peer, exact_search, partial_ratio_loop
from benchmarks.planting import Planted, Planter
from benchmarks.resources import held_memory, load_seconds
from benchmarks.ways import stem
from benchmarks.workload import WORD, Vocabulary, vocabulary, watchlist
from monitor.matching import Lexicon, Matcher
from monitor.records import Article, Topic

SIZES = (10, 100, 1_000, 10_000)
FLOORS = {
    "P at 1,000": 0.98,
    "R at 1,000": 0.98,
    "P at 10,000": 0.95,
    "R at 10,000": 0.97,
    "overlap at 1,000": 0.98,
    "times the loop at 1,000": 40,
    "times the loop at 10,000": 400,
}
CEILINGS = {"times exact at 1,000": 5, "growth exponent": 0.15, "MB at 10,000": 250, "seconds to load": 0.3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """An article in which something is planted, and the topics that it names of itself."""

    text: str
    planted: Planted
    natural: frozenset[int]


@dataclass(slots=True)
class Tally:
    """Right and wrong answers of one searcher."""

    found: int = 0
    missed: int = 0
    false: int = 0
    overlapping: int = 0

    @property
    def precision(self) -> float:
        return self.found / max(1, self.found + self.false)

    @property
    def recall(self) -> float:
        return self.found / max(1, self.found + self.missed)


def natural_finder(topics: Sequence[Topic], lexicon: Lexicon) -> Callable[[str], frozenset[int]]:
    """A function that tells which topics' words stand in a text in their order, whatever their forms.

    Up to two other words may stand among them (a middle name, "policies and similar ..."), and a nickname for the first
    name: what the program may well take for a mention is counted neither as an error nor as a success of it.
    """
    starts: dict[str, list[tuple[tuple[str, ...], int]]] = defaultdict(list)
    for number, topic in enumerate(topics):
        stems = tuple(stem(word.lower()) for word in WORD.findall(topic.name))
        starts[stems[0]].append((stems, number))
        if topic.person:
            for short in lexicon.nicknames(topic.person.partition(" ")[0].lower()):
                starts[stem(short)].append(((stem(short), *stems[1:]), number))

    def find(text: str) -> frozenset[int]:
        stems = [stem(word.lower()) for word in WORD.findall(text)]
        hits = ((at, entry) for at, first in enumerate(stems) for entry in starts.get(first, ()))
        return frozenset(number for at, (wanted, number) in hits if in_order(wanted, stems[at : at + len(wanted) + 2]))

    return find


def in_order(wanted: tuple[str, ...], stems: list[str]) -> bool:
    """Whether all of `wanted` stand in `stems`, in that order."""
    rest = iter(stems)
    return all(word in rest for word in wanted)


def planted_texts(topics: list[Topic], words: Vocabulary, lexicon: Lexicon, bodies: list[str], seed: int) -> list[Text]:
    """Each body with one mention (five of eight) or one look-alike in it."""
    planter, find, texts = Planter(topics, words, lexicon, seed), natural_finder(topics, lexicon), []
    for body in bodies:
        text, planted = planter.planted(body, mention=planter.draw.random() < 0.625)
        meant = text[: planted.start] + topics[planted.topic].name + text[planted.end :]
        natural = find(body) | ((find(text) | find(meant)) - {planted.topic})
        texts.append(Text(text=text, planted=planted, natural=natural))
    return texts


def tally(
    texts: Sequence[Text], search: Peer, misses: Counter[str] | None = None, show: Sequence[Topic] | None = None
) -> Tally:
    """What a searcher got right; `misses` counts what it got wrong by variant."""
    counts = Tally()
    for text in texts:
        found, planted = search(text.text), text.planted
        hit = found.pop(planted.topic, None)
        wrong = [number for number in found if number not in text.natural]
        if planted.positive:
            counts.found += hit is not None
            counts.missed += hit is None
            counts.overlapping += hit is not None and hit[0] < planted.end and planted.start < hit[1]
        elif hit is not None and planted.topic not in text.natural:
            wrong.append(planted.topic)
        counts.false += len(wrong)
        if misses is not None:
            note(misses, text, planted, hit is None and planted.positive, wrong, found | {planted.topic: hit}, show)
    return counts


def note(misses, text, planted, missed, wrong, found, show):  # type: ignore[no-untyped-def]
    """Counts one text's errors and, if asked, shows them."""
    span = text.text[planted.start : planted.end]
    if missed:
        misses[f"missed: {planted.variant}"] += 1
        if show:
            print(f"  missed {planted.variant}: {show[planted.topic].name!r} at {span!r}")
    for number in wrong:
        variant = planted.variant if number == planted.topic else "a word of the article"
        misses[f"false: {variant}"] += 1
        if show:
            at = found[number]
            print(f"  false {variant}: {show[number].name!r} at {text.text[at[0] : at[1]]!r}")


def searcher(matcher: Matcher, topics: Sequence[Topic]) -> Peer:
    """The matcher in the shape of its peers; its spans are those of the first evidence of each topic."""
    numbers = {topic.id: number for number, topic in enumerate(topics)}

    def find(text: str) -> dict[int, tuple[int, int]]:
        matches = matcher.match(Article(title="", body=text))
        return {
            numbers[match.topic_id]: (
                min(evidence.start for evidence in match.evidence),
                max(evidence.end for evidence in match.evidence),
            )
            for match in matches
        }

    return find


def milliseconds(search: Peer, bodies: Sequence[str]) -> float:
    """CPU time an article."""
    start = time.process_time()
    for body in bodies:
        search(body)
    return 1_000 * (time.process_time() - start) / len(bodies)


def loop_milliseconds(loop: Peer, stream: Sequence[str], count: int) -> float:
    """CPU time of the loop an article, as `count` articles spread over the lengths of the stream tell."""
    step = len(stream) / count
    sample = [sorted(stream, key=len)[int(step * (at + 0.5))] for at in range(count)]
    return milliseconds(loop, sample) * (sum(map(len, stream)) / len(stream)) / (sum(map(len, sample)) / count)


def measure(
    size: int, words: Vocabulary, lexicon: Lexicon, bodies: list[str], options: argparse.Namespace
) -> dict[str, float]:
    """One line of the table: quality and speed at one size of watchlist."""
    topics = watchlist(size, words, options.seed)
    matcher, loop, exact = Matcher(topics, lexicon), partial_ratio_loop(topics), exact_search(topics)
    search = searcher(matcher, topics)
    texts = planted_texts(topics, words, lexicon, bodies[: 300 if options.quick else 1_600], options.seed)
    misses: Counter[str] = Counter()
    mine, plain = tally(texts, search, misses, topics if options.misses else None), tally(texts, exact)
    some = texts[: max(8, 16_000 // size)]
    looped = tally(some, loop)
    stream = bodies[-(200 if options.quick else 1_000) :]
    for body in bodies[: -len(stream)]:
        search(body)
    spent = {"matcher": milliseconds(search, stream), "exact": milliseconds(exact, stream)}
    spent["warm"] = milliseconds(search, stream)
    spent["loop"] = loop_milliseconds(loop, stream, 30 if size > 100 else 200)
    print(
        f"{size:>6,} | {mine.precision:.3f} {mine.recall:.3f} {mine.overlapping / max(1, mine.found):.3f}"
        f" | {plain.precision:.3f} {plain.recall:.3f} | {looped.precision:.3f} {looped.recall:.3f}"
        f" | {spent['matcher']:.3f} {spent['warm']:.3f} | {spent['exact']:.3f} | {spent['loop']:.2f}"
        f" | {spent['loop'] / spent['matcher']:.0f}x loop, {spent['matcher'] / spent['exact']:.1f}x exact"
    )
    if options.misses:
        print("        " + ", ".join(f"{what} {count}" for what, count in misses.most_common()))
    gc.unfreeze()
    return {
        f"P at {size:,}": mine.precision,
        f"R at {size:,}": mine.recall,
        f"overlap at {size:,}": mine.overlapping / max(1, mine.found),
        f"times the loop at {size:,}": spent["loop"] / spent["matcher"],
        f"times exact at {size:,}": spent["matcher"] / spent["exact"],
        f"ms at {size:,}": spent["matcher"],
    }


def main() -> int:
    """Prints the table; 1 where a figure is on the wrong side of its floor or ceiling."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer articles")
    parser.add_argument("--misses", action="store_true", help="show every error")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    options = parser.parse_args()
    lexicon = Lexicon.shipped()
    bodies = [article["text"] for article in data.articles(600 if options.quick else 6_000)]
    words = vocabulary((article["text"] for article in data.articles(2_000 if options.quick else 12_000)), lexicon)
    print("topics |  P     R   overlap | exact P R | loop P R | ms: steady, warm | exact | loop | ratios")
    figures: dict[str, float] = {}
    for size in options.sizes:
        figures |= measure(size, words, lexicon, bodies, options)
    if {10, 10_000} <= set(options.sizes):
        figures["growth exponent"] = math.log(figures["ms at 10,000"] / figures["ms at 10"]) / math.log(1_000)
        topics = watchlist(10_000, words, options.seed)
        figures["seconds to load"] = load_seconds(topics, bodies[:200])
        figures["MB at 10,000"] = held_memory(topics, bodies)
    return judged(figures)


def judged(figures: dict[str, float]) -> int:
    """Prints what is below its floor or above its ceiling."""
    bad = [
        f"{name} {figures[name]:.3f} < {least}" for name, least in FLOORS.items() if figures.get(name, least) < least
    ]
    bad += [f"{name} {figures[name]:.3f} > {most}" for name, most in CEILINGS.items() if figures.get(name, most) > most]
    for name in ("growth exponent", "seconds to load", "MB at 10,000"):
        if name in figures:
            print(f"{name}: {figures[name]:.3f}")
    print("\n".join(bad) if bad else "every figure is on the right side of its floor")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
