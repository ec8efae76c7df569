"""What holds of every text."""

import gzip
import random
import string
import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.matching import Lexicon, Matcher
from monitor.matching.folding import fold
from monitor.matching.lexicon import TABLES
from monitor.matching.unspaced import spread
from monitor.matching.words import cut, words_of
from monitor.records import Article, Topic

TOPICS = [
    Topic(id="phrase", name="phrase", phrases=("sanctuary policy", "tax")),
    Topic(id="person", name="person", person="Eric Jones", also=("Chief Jones",)),
    Topic(id="place", name="place", place="Stockton"),
    Topic(id="region", name="region", place="Stockton", region=("California",)),
    Topic(id="body", name="body", organization="Justice Department", acronyms=("DOJ",)),
    Topic(id="query", name="query", query='"police chief"~3 OR trail*'),
    Topic(id="far", name="far", query='("sanctuary chief policy"~100 OR "chief tax"~100) AND polcy~ AND other~2'),
    Topic(id="wide", name="wide", phrases=("移民政策",)),
]
PIECES = ["sanctuary", "policy", "policies", "polciy", "tax", "taxes", "Eric", "Jones", "Erik", "Jnoes", "Jones,", "Eric", "Erica", "Chief", "Stockton", "Stockton,", "Calif.,", "Fort", "Mo.", "California", "Justice", "Department", "(DOJ)", "DOJ", "police", "chief", "trailers", "and", "related", "the", "of", "said.", "“quoted”", "移民政策", "新的移民", "don’t", "U.S.", "#SanctuaryPolicy", "sanc\xadtuary", "pol\u200bicy", "é", "\n", "\n\n", "—", "-", "'s", "12,000", "😀"]  # fmt: skip
matcher = Matcher(TOPICS, Lexicon.shipped())
pieces = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=30)
texts = st.builds(str.join, st.sampled_from([" ", "\n", "", "\u00a0"]), pieces)


@settings(max_examples=300, deadline=None)
@given(title=texts, body=texts)
def test_evidence_is_at_its_offsets(title: str, body: str) -> None:
    for match in matcher.match(Article(title=title, body=body)):
        assert 0 <= match.score <= 100
        assert match.evidence
        for one in match.evidence:
            text = title if one.field == "title" else body
            assert text[one.start : one.end] == one.text
            assert one.text.strip()


@settings(max_examples=200, deadline=None)
@given(body=texts)
def test_evidence_reads_as_the_term(body: str) -> None:
    for match in matcher.match(Article(body=body)):
        for one in match.evidence:
            if one.how == "exact" and match.topic == "place":
                assert fold(one.text) == "stockton"
            if one.how == "acronym":
                assert fold(one.text).replace(".", "") == "doj"
            if one.how == "exact" and match.topic == "phrase":
                letters = "".join(word.folded for word in words_of(one.text))
                assert letters == "tax" or (letters.startswith("sanctuary") and letters.endswith("policy"))
            if match.topic == "wide":
                assert spread(one.text)[0] == "移民政策"


@settings(max_examples=200, deadline=None)
@given(body=texts)
@example(body="Stockton Bb")
def test_an_unrelated_sentence_never_removes_a_match(body: str) -> None:
    before = {match.topic for match in matcher.match(Article(body=body))}
    after = {match.topic for match in matcher.match(Article(body=body + "\n\nIt rained on the hills all day."))}
    assert before <= after


@settings(max_examples=100, deadline=None)
@given(body=texts)
def test_what_is_remembered_changes_no_answer(body: str) -> None:
    article = Article(body=body)
    assert Matcher(TOPICS, Lexicon.shipped()).match(article) == matcher.match(article)


@settings(max_examples=150, deadline=None)
@given(title=texts, body=texts)
def test_matching_and_explaining_agree(title: str, body: str) -> None:
    article = Article(title=title, body=body)
    matches, refused = matcher.explain(article)
    assert matches == matcher.match(article)
    assert {one.topic for one in matches} | {one.topic for one in refused} == {topic.name for topic in TOPICS}
    assert all(one.reason for one in refused)


@settings(max_examples=300, deadline=None)
@given(chunk=st.text(max_size=40).map(lambda text: "".join(text.split())))
def test_words_lie_in_order_inside_of_their_chunk(chunk: str) -> None:
    at = 0
    for word in cut(chunk):
        assert at <= word.start < word.end <= len(chunk)
        assert word.folded
        at = word.end


@given(text=st.text(max_size=60))
def test_folding_is_the_same_for_composed_and_decomposed_text(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert all(word.folded for word in words_of(text))


def filled(text: str) -> str:
    """Two million characters of it."""
    return text * (2_000_000 // len(text))


HOSTILE = {
    "one letter again and again": filled("a "),
    "a place again and again": filled("Stockton "),
    "a person again and again": filled("Eric Jones "),
    "names turned round": filled("Jones, Eric, "),
    "capitals": filled("STOCKTON ERIC JONES "),
    "surnames of others": filled("Smith Garcia Brown Nguyen Jones "),
    "middle names": filled("Eric T. B. van der Jones "),
    "alternating quotes": filled("“a” ‘b’ \"c\" 'd' "),
    "a flood of nothing to see": filled("Stockton" + "\u200b" * 50),
    "right to left": filled("\u202eشرطة المدينة "),
    "ideographs of two million": filled("移民政"),
    "thai": filled("นโยบายผู้อพยพ"),
    "a sentence without end": filled("the sanctuary of the policy and the other related "),
    "a phrase with gaps": filled("sanctuary and a policy chief "),
    "words turned round": filled("policy other chief related sanctuary "),
    "words far apart": filled("sanctuary " + "other " * 90 + "chief policy "),
    "items of a list": filled("- sanctuary\n- policy\n"),
    "articles written onto nouns": filled("وبالسياسة "),
    "acronyms": filled("Justice Department (DOJ) DOJ ("),
    "one deep mark": "Stockton" + "\u0301" * 2_000_000,
    "letters that grow": filled("\ufdfa"),
    "tags": filled("#SanctuaryPolicy"),
    "one long word": "a" * 1_000_000,
    "one word again and again": "Stockton " * 40_000,
    "a name again and again": "Eric Jones " * 30_000,
    "hyphens": "-" * 100_000,
    "words and hyphens": "sanctuary-" * 40_000,
    "combining marks": "e" + "\u0301" * 200_000,
    "mixed marks": "e" + "\u0301\u0323" * 100_000,
    "letters with marks": "a\u0301" * 200_000,
    "quotes": "'" * 200_000,
    "full stops": "a." * 200_000,
    "hashes": "#A" * 200_000,
    "ideographs": "移民" * 100_000,
    "brackets": "(" * 200_000,
    "surnames": "Jones " * 40_000,
    "half phrases": "sanctuary " * 40_000,
    "spaces": " " * 1_000_000,
    "regions": "Stockton, Mo., " * 20_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_takes_longer_than_its_length(text: str) -> None:
    def seconds(body: str) -> float:
        started = time.process_time()
        matcher.match(Article(body=body))
        return time.process_time() - started

    seconds(text[: len(text) // 4])
    short, whole = seconds(text[: len(text) // 4]), seconds(text)
    assert whole < 1 or whole < 10 * short
    assert whole < 20 * len(text) / 1e6 + 1


@pytest.mark.slow
def test_ten_thousand_topics_terms_take_no_longer_than_their_length() -> None:
    draw = random.Random(1)
    words = [" ".join("".join(draw.choices(string.ascii_lowercase, k=9)) for _ in range(2)) for _ in range(10_000)]
    many = Matcher([Topic(id=word, name=word, phrases=(word,)) for word in words], Lexicon.shipped())
    text = " ".join(words)

    def seconds(body: str) -> float:
        started = time.process_time()
        found = many.match(Article(body=body))
        assert len(found) >= min(10_000, len(body) // 20)
        return time.process_time() - started

    seconds(text[: len(text) // 4])
    assert seconds(text) < 8 * seconds(text[: len(text) // 4]) + 1.5
    assert seconds(text * 5) < 8 * seconds(text) + 1.5


@pytest.mark.slow
def test_a_thousand_places_with_regions_take_no_longer_than_their_length() -> None:
    lexicon, draw = Lexicon.shipped(), random.Random(1)
    lines = gzip.decompress((TABLES / "places.tsv.gz").read_bytes()).decode().splitlines()
    names = [name.title() for name in (line.split("\t")[0] for line in lines) if name.isalpha() and len(name) > 4]
    watched = draw.sample(names, 1_000)
    many = Matcher([Topic(id=name, name=name, place=name, region=("Ohio",)) for name in watched], lexicon)

    def seconds(amount: int) -> float:
        text = ", ".join(
            one
            for pair in zip(draw.choices(watched, k=amount), draw.choices(names, k=amount), strict=True)
            for one in pair
        )
        started = time.process_time()
        many.match(Article(body=text))
        return time.process_time() - started

    seconds(2_000)
    assert seconds(32_000) < 8 * seconds(8_000) + 1.5
