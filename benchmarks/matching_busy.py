"""How fast the matcher is where much is found: three topics named in every article, and places that lie in a region.

    python -m benchmarks.matching_busy [--quick] [--seed N] [--sizes N ...]

The watchlist is that of `benchmarks.matching`, but every place has the state in which a town of its name lies. Speed is
CPU time in a steady stream, as there: 1,000 articles behind 5,000 others, new words counted, each with three mentions
planted; behind a town stands its state. The articles in front have none. Loop and exact search do the same 1,000.
"""

import argparse
import dataclasses
import math
import random
import sys

from benchmarks import data
from benchmarks.matching import loop_milliseconds, milliseconds, searcher
from benchmarks.peers import exact_search, partial_ratio_loop
from benchmarks.planting import Planter
from benchmarks.workload import Vocabulary, vocabulary, watchlist
from monitor.matching import Lexicon, Matcher
from monitor.records import Topic

SIZES = (10, 100, 1_000, 10_000)
MENTIONS = 3
LEAST_AT_10_000, MOST_GROWTH = 120, 0.15
"""Times the loop, and the exponent by which the cost grows with the topics."""


def with_regions(topics: list[Topic], seed: int) -> list[Topic]:
    """The topics, each place with one of the states in which a town bears its name."""
    states: dict[str, list[str]] = {}
    for town, state in data.towns():
        states.setdefault(town, []).append(state)
    draw = random.Random(f"regions {seed}")
    return [
        dataclasses.replace(topic, region=(draw.choice(states[topic.place]),)) if topic.place else topic
        for topic in topics
    ]


def busy(body: str, planter: Planter) -> str:
    """An article with three mentions."""
    for _ in range(MENTIONS):
        body, planted = planter.planted(body, mention=True)
        region = planter.topics[planted.topic].region
        if region:
            body = f"{body[: planted.end]}, {region[0]}, {body[planted.end :]}"
    return body


def measure(
    size: int, words: Vocabulary, lexicon: Lexicon, bodies: list[str], seed: int, quick: bool
) -> tuple[float, float]:
    """Prints one line of the table; CPU milliseconds an article, and how many times as fast as the loop."""
    topics = with_regions(watchlist(size, words, seed), seed)
    planter = Planter(topics, words, lexicon, seed)
    planted = 200 if quick else 1_000
    before, stream = bodies[:-planted], [busy(body, planter) for body in bodies[-planted:]]
    search, loop, exact = searcher(Matcher(topics, lexicon), topics), partial_ratio_loop(topics), exact_search(topics)
    for body in before:
        search(body)
    steady, plain = milliseconds(search, stream), milliseconds(exact, stream)
    warm, looped = milliseconds(search, stream), loop_milliseconds(loop, stream, 30 if size > 100 else 200)
    found = sum(len(search(body)) for body in stream) / len(stream)
    print(
        f"{size:>6,} | {found:.2f} | {steady:.3f} {warm:.3f} | {plain:.3f} | {looped:.2f}"
        f" | {looped / steady:.0f}x loop, {steady / plain:.1f}x exact"
    )
    return steady, looped / steady


def main() -> int:
    """Prints the table and how the cost grows; 1 where that or the speed is worse than it was, but for `--quick`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer articles")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    options = parser.parse_args()
    lexicon = Lexicon.shipped()
    bodies = [article["text"] for article in data.articles(600 if options.quick else 6_000)]
    words = vocabulary((article["text"] for article in data.articles(2_000 if options.quick else 12_000)), lexicon)
    print("topics | matches an article | ms: steady, warm | exact | loop | ratios")
    spent = {size: measure(size, words, lexicon, bodies, options.seed, options.quick) for size in options.sizes}
    worse = 10_000 in spent and spent[10_000][1] < LEAST_AT_10_000
    if {10, 10_000} <= spent.keys():
        growth = math.log(spent[10_000][0] / spent[10][0]) / math.log(1_000)
        print(f"growth exponent: {growth:.3f}")
        worse = worse or growth > MOST_GROWTH
    return int(worse and not options.quick)


if __name__ == "__main__":
    sys.exit(main())
