"""Which terms are called where."""

from monitor.matching.calling import calls
from monitor.matching.chunks import Mark
from monitor.matching.terms import Anchor, Term

POLICY, SANCTUARY, CITY, MAYOR = range(4)


class Anything:
    text = "anything"

    def judge(self, reading: object, chunk: int) -> list[object]:
        return []


def term(key: int, *beside: int) -> Term:
    return Term(Anything(), (key, *beside), key, beside)  # type: ignore[arg-type]


def mark(number: int, *terms: Term) -> Mark:
    anchor = Anchor()
    for one in terms:
        anchor.add(one)
    return Mark((anchor,) if terms else (), frozenset({number}))


def test_a_term_is_called_where_all_that_must_stand_beside_its_anchor_does() -> None:
    pair, three, alone = term(SANCTUARY, POLICY), term(SANCTUARY, POLICY, CITY), term(SANCTUARY)
    anchor = mark(SANCTUARY, pair, three, alone)
    assert calls({10: anchor}) == [(10, alone)]
    assert calls({3: mark(POLICY), 10: anchor}) == [(10, alone)]
    assert calls({4: mark(POLICY), 10: anchor}) == [(10, alone), (10, pair)]
    assert calls({10: anchor, 16: mark(POLICY)}) == [(10, alone), (10, pair)]
    assert calls({10: anchor, 17: mark(POLICY)}) == [(10, alone)]
    assert calls({4: mark(CITY), 10: anchor, 11: mark(MAYOR), 12: mark(POLICY)}) == [
        (10, alone),
        (10, pair),
        (10, three),
    ]


def test_words_of_one_chunk_stand_beside_each_other() -> None:
    pair = term(SANCTUARY, POLICY)
    anchor = Anchor()
    anchor.add(pair)
    assert calls({0: Mark((anchor,), frozenset({SANCTUARY, POLICY}))}) == [(0, pair)]
