"""What is known of a chunk, and where it starts."""

from hypothesis import example, given
from hypothesis import strategies as st

from monitor.matching.chunks import NOTHING, Chunks
from monitor.matching.kinds import ACRONYM, EXACT, PLACE, WORD
from monitor.matching.lexicon import Lexicon
from monitor.matching.offsets import Offsets
from monitor.matching.reading import Reading
from monitor.matching.terms import Anchor
from monitor.matching.vocabulary import Vocabulary
from monitor.matching.words import cut, part, words_of

vocabulary = Vocabulary(Lexicon.shipped())
SOUGHT = [("jones", WORD), ("stockton", PLACE), ("doj", ACRONYM), ("s", EXACT), ("and", EXACT), ("policy", WORD)]
anchors = {vocabulary.add(word, kind): Anchor() for word, kind in SOUGHT}
vocabulary.compile()
PIECES = ["Jones", "jones", "stockton", "Stockton", "DOJ", "doj", "D.O.J.", "AND", "s", "S", "policies", "Polciy", "l'", "’s", "'s", "'", "’", "-", "—", ".", "#", "&", "@", "_", "“", "”", ",", "\xad", "\u200b", "é", "\u0301", "12", "移", "/"]  # fmt: skip
chunk = st.lists(st.sampled_from(PIECES) | st.characters(exclude_categories=["Z", "Cc", "Cs"]), min_size=1, max_size=6)

text = st.lists(chunk.map(lambda pieces: "".join(pieces).replace("&", "")), max_size=8).map(" ".join)


@given(chunk.map("".join))
def test_a_chunk_holds_what_its_words_stand_for(chunk: str) -> None:
    mark = Chunks(vocabulary, anchors).mark(chunk)
    assert mark.numbers == {hit.id for word in cut(chunk) for hit in vocabulary.find(word.folded)}


def test_a_place_calls_with_a_capital_and_an_acronym_in_capitals() -> None:
    chunks = Chunks(vocabulary, anchors)
    words = ("Stockton,", "stockton,", "DOJ-led", "Doj-led", "jones’s")
    assert [len(chunks.mark(word).anchors) for word in words] == [1, 0, 1, 0, 1]
    assert chunks.mark("nothing") is NOTHING
    assert chunks.mark("“stockton”").numbers
    assert not chunks.mark("“stockton”").anchors


def test_the_places_with_something_sought_are_found_in_order_and_their_chunks_known_again() -> None:
    chunks = Chunks(vocabulary, anchors)
    for _ in range(2):
        reading = Reading("text", "Jones, of Stockton; DOJ and the DOJ said “nothing”. Jones!", vocabulary)
        sought = chunks.sought(reading)
        assert [reading.chunks[at] for at in sought] == ["Jones", "Stockton", "DOJ", "and", "DOJ", "Jones"]
        assert all(mark is chunks.mark(reading.chunks[at]) for at, mark in sought.items())
    assert len(chunks) == 9


@example("l'12“")
@example("“l'D.O.J.")
@given(text)
def test_marks_that_part_words_are_no_part_of_any(text: str) -> None:
    plain = part(text)
    assert len(plain) == len(text)
    assert words_of(plain) == words_of(text)


@given(st.text(alphabet=" \n\u00a0ab,", max_size=60), st.randoms())
def test_every_chunk_is_found_in_whatever_order_it_is_asked_for(text: str, draw: object) -> None:
    chunks = text.split()
    order = [at for at in range(len(chunks)) for _ in range(2)]
    draw.shuffle(order)  # type: ignore[attr-defined]
    offsets = Offsets(text, chunks, pieces=False)
    assert all(text[: offsets[at]].split() == chunks[:at] for at in order)
    assert all(text[offsets[at] :].startswith(chunks[at]) for at in order)
    assert [Offsets(text, chunks, pieces=True)[at] for at in order] == [offsets[at] for at in order]
    for at in order:
        first, last = sorted(draw.choices(range(len(chunks) + 1), k=2))  # type: ignore[attr-defined]
        if first <= at < last:
            found = Offsets(text, chunks, pieces=False).around(at, first, last)
            assert found == [offsets[one] for one in range(first, last)]
