"""Words near each other, against Lucene's rule spelled out."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.monitor.matching.verdicts import spans, topic

WORDS = ("police", "budget", "mayor", "rain")
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9)


def is_near(phrase: list[str], text: list[str], gap: int) -> bool:
    """Whether the words stand somewhere with shifts that differ by at most `gap`."""
    places = [[at for at, word in enumerate(text) if word == sought] for sought in phrase]
    shifts = ([at - number for number, at in enumerate(chosen)] for chosen in product(*places))
    return any(max(found) - min(found) <= gap for found in shifts)


@settings(max_examples=400, deadline=None)
@given(phrase=st.permutations(WORDS[:3]), text=texts, gap=st.integers(1, 8))
def test_words_near_each_other_are_those_of_lucene(phrase: list[str], text: list[str], gap: int) -> None:
    found = spans(topic(query=f'"{" ".join(phrase)}"~{gap}'), " ".join(text))
    assert bool(found) is is_near(phrase, text, gap)
    for evidence, _ in found:
        assert set(phrase) <= set(evidence.split())
