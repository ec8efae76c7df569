"""Person topics against pairs of names that people judged, beside the best single rapidfuzz scorer tuned on them.

    python -m benchmarks.matching_people [--misses]

Each pair in one script is tried both ways: a topic for one name, a sentence with the other. Where a pair's label
contradicts docs/concepts/matching.md, the document wins; the pairs are listed by the rule that they contradict.
"""

import argparse
import csv
import sys
import unicodedata
from collections.abc import Callable, Iterable

from rapidfuzz import distance, fuzz, utils

from benchmarks import data
from monitor.matching import Lexicon, Matcher
from monitor.records import Article, Topic

MARGIN = 0.08
"""How far the matcher's F1 must stand over the best scorer's."""
SENTENCE = "After the vote, {} left without a word to the press."
CONTRADICTED = {
    "another name that exists is another person": (
        *(54, 83, 134, 138, 139, 151, 196, 197, 198, 199, 202, 203, 206, 207, 208, 223, 249, 250),
    ),
    "a part of the name alone is not the person": (96, 97, 98, 101, 112),
    "a longer name that goes on after it is another name": (10, 11, 275, 276, 277, 283, 287),
    "no typo in a word of fewer than five letters": (12, 13, 135, 136),
    "one typo at most in a word of five to eight letters": (2, 201, 216),
}
KNOWN_IN_TEXT = ("32", "93r", "94r", "110r", "111r", "130", "148", "170", "171", "209")
"""Pairs whose topic holds the slip and whose text the name that readers know: there it is itself (a topic for Michael
Jorgan is not about Michael Jordan). `r` marks the second way round."""
SCORERS: dict[str, Callable[..., float]] = {
    "ratio": fuzz.ratio,
    "partial_ratio": fuzz.partial_ratio,
    "token_sort_ratio": fuzz.token_sort_ratio,
    "token_set_ratio": fuzz.token_set_ratio,
    "partial_token_sort_ratio": fuzz.partial_token_sort_ratio,
    "partial_token_set_ratio": fuzz.partial_token_set_ratio,
    "WRatio": fuzz.WRatio,
    "JaroWinkler": distance.JaroWinkler.similarity,
    "OSA": distance.OSA.normalized_similarity,
    "DamerauLevenshtein": distance.DamerauLevenshtein.normalized_similarity,
}
Pair = tuple[str, str, str, bool]
"""(row of the file, with an r for the second way round; topic; name in the sentence; label)."""


def script(name: str) -> frozenset[str]:
    """The scripts of a name's letters, as Unicode calls them."""
    return frozenset(unicodedata.name(letter).partition(" ")[0] for letter in name if letter.isalpha())


def pairs() -> list[Pair]:
    """Every pair, both ways round."""
    with data.need("news/names/nomenklatura_cases.csv").open(encoding="utf-8") as file:
        rows = [(number, row) for number, row in enumerate(csv.DictReader(file)) if row["schema"] == "Person"]
    same = [(str(n), r["name1"], r["name2"], r["is_match"] == "true") for n, r in rows]
    same = [pair for pair in same if script(pair[1]) == script(pair[2])]
    return [*same, *((f"{n}r", second, first, label) for n, first, second, label in same)]


def by_the_table(every: Iterable[Pair]) -> list[Pair]:
    """The pairs with the labels that the document gives them."""
    wrong = {f"{row}{way}" for rows in CONTRADICTED.values() for row in rows for way in ("", "r")}
    wrong.update(KNOWN_IN_TEXT)
    return [(row, topic, name, label and row not in wrong) for row, topic, name, label in every]


def f1(answers: Iterable[bool], labels: Iterable[bool]) -> tuple[float, float, float]:
    """(precision, recall, F1)."""
    both = list(zip(answers, labels, strict=True))
    right = sum(answer and label for answer, label in both)
    precision = right / max(1, sum(answer for answer, _ in both))
    recall = right / max(1, sum(label for _, label in both))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def tuned(scorer: Callable[..., float], every: list[Pair]) -> tuple[float, float]:
    """(best F1, threshold) of a scorer over the pairs."""
    scores = [scorer(topic, name, processor=utils.default_process) for _, topic, name, _ in every]
    labels = [label for *_, label in every]
    return max((f1([score >= least for score in scores], labels)[2], least) for least in set(scores))


def answered(lexicon: Lexicon, topic: str, name: str) -> bool:
    """Whether a topic for one name matches a sentence with the other."""
    matcher = Matcher([Topic(id="t", name="t", person=topic)], lexicon)
    return bool(matcher.match(Article(body=SENTENCE.format(name))))


def main() -> int:
    """Prints F1 of the matcher and the scorers; 1 where the margin is not held."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--misses", action="store_true", help="show every error, and the pairs whose label is not kept")
    parser.add_argument("--quick", action="store_true", help="no difference: it takes seconds")
    options = parser.parse_args()
    every, lexicon = pairs(), Lexicon.shipped()
    answers = [answered(lexicon, topic, name) for _, topic, name, _ in every]
    margins = {}
    for title, labelled in (("labels as they stand", every), ("labels by the document", by_the_table(every))):
        precision, recall, mine = f1(answers, [label for *_, label in labelled])
        best, name = max((tuned(scorer, labelled)[0], name) for name, scorer in SCORERS.items())
        margins[title] = mine - best
        print(f"{title}: {len(labelled)} pairs, {sum(label for *_, label in labelled)} of one person")
        print(f"  matcher P {precision:.3f} R {recall:.3f} F1 {mine:.3f}")
        print(f"  best scorer {name} F1 {best:.3f}: {mine - best:+.3f}")
    if options.misses:
        show(every, answers)
    return int(margins["labels by the document"] < MARGIN)


def show(every: list[Pair], answers: list[bool]) -> None:
    """Prints the contradicted labels and the errors."""
    names = {row: (topic, name) for row, topic, name, _ in reversed(every)}
    for rule, rows in CONTRADICTED.items():
        print(f"{rule}:")
        print("\n".join(f"  {row}: {' | '.join(names[str(row)])}" for row in rows))
    print("a name that readers know is itself, not a slip of the topic's (topic | text):")
    print("\n".join(f"  {row}: {' | '.join(names[row])}" for row in KNOWN_IN_TEXT))
    for (row, topic, name, label), answer in zip(by_the_table(every), answers, strict=True):
        if answer != label:
            print(f"{'missed' if label else 'false'} {row}: topic {topic} | text {name}")


if __name__ == "__main__":
    sys.exit(main())
