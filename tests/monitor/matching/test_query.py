import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.matching.expressions import All, Any, Not, QueryError, QueryPhrase, QueryWord, leaves
from monitor.matching.query import parse

a, b, c = (QueryWord(text=letters) for letters in ("aa", "bb", "cc"))


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("aa", a),
        ("aa AND bb", All(parts=(a, b))),
        ("aa OR bb OR cc", Any(parts=(a, b, c))),
        ("aa OR bb AND cc", Any(parts=(a, All(parts=(b, c))))),
        ("(aa OR bb) AND cc", All(parts=(Any(parts=(a, b)), c))),
        ("aa AND NOT bb", All(parts=(a, Not(part=b)))),
        ("aa bb", Any(parts=(a, b))),
        ("+aa bb -cc", All(parts=(a, Not(part=c)), wished=(b,))),
        ("aa bb -cc", All(parts=(Any(parts=(a, b)), Not(part=c)))),
        ('"aa bb"', QueryPhrase(words=("aa", "bb"))),
        ("\u201caa bb\u201d", QueryPhrase(words=("aa", "bb"))),
        ('"aa bb"~5', QueryPhrase(words=("aa", "bb"), gap=5)),
        ("aa~", QueryWord(text="aa", edits=None)),
        ("aa~1", QueryWord(text="aa", edits=1)),
        ("aa~2", QueryWord(text="aa", edits=2)),
        ("aa*", QueryWord(text="aa", prefix=True)),
        ("title:aa", QueryWord(text="aa", field="title")),
        ("body:(aa OR bb)", Any(parts=(QueryWord(text="aa", field="body"), QueryWord(text="bb", field="body")))),
        ('source:"The Record"', QueryPhrase(words=("The", "Record"), field="source")),
        ("AT&T", QueryWord(text="AT&T")),
        (r"aa\:bb", QueryWord(text="aa:bb")),
        ("東京", QueryWord(text="東京")),
    ],
)
def test_a_query_is_understood(text: str, root: object) -> None:
    assert parse(text).root == root


@pytest.mark.parametrize(
    ("text", "position", "word"),
    [
        ("", 0, "empty"),
        ("aa AND", 6, "too early"),
        ("aa AND OR bb", 7, "unexpected"),
        ("aa AND (bb OR cc", 7, "never closed"),
        ("aa) AND bb", 2, "never opened"),
        ('aa AND "bb', 7, "never closed"),
        ("aa AND [bb TO cc]", 7, "ranges"),
        ("aa AND >5", 7, "ranges"),
        ("aa AND bb^2", 7, "boosts"),
        ("aa AND /b+/", 7, "regular expressions"),
        ("aa AND author:bb", 7, "unknown field"),
        ("title:body:aa", 6, "field inside"),
        ("aa AND b*b", 7, "end of a word"),
        ("aa AND *bb", 7, "end of a word"),
        ("aa AND b?b", 7, "end of a word"),
        ("aa AND b*", 7, "letters must stand"),
        ("aa AND bb~3", 7, "number of typos"),
        ('aa AND "b* c"', 7, "inside a phrase"),
        ("aa and bb", 3, "in capitals"),
        ("aa && bb", 3, "in capitals"),
        ("NOT aa", 0, "none of its words"),
        ("aa OR NOT bb", 0, "none of its words"),
        ('"..."', 0, "no word"),
        ("-" * 3_000 + "aa", 0, "deeply"),
        ("(" * 50 + "aa" + ")" * 50, 40, "brackets"),
        ("a" * 5_000, 4_000, "longer"),
    ],
)
def test_what_is_not_supported_is_told_with_its_place(text: str, position: int, word: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse(text)
    assert raised.value.position == position
    assert word in raised.value.message
    assert str(position + 1) in str(raised.value)


def test_the_words_of_a_query_can_be_listed() -> None:
    query = parse('+aa (bb OR "cc dd"~2) -title:ee')
    assert [leaf.text if isinstance(leaf, QueryWord) else leaf.words for leaf in leaves(query.root)] == [
        "aa",
        "ee",
        "bb",
        ("cc", "dd"),
    ]


@given(st.text(alphabet='ab "()~*:+-^[]/\\ANDORT1', max_size=30))
def test_any_text_is_a_query_or_an_error_with_a_place_in_it(text: str) -> None:
    assert 0 <= _place_of_error(text) <= len(text)


def _place_of_error(text: str) -> int:
    try:
        parse(text)
    except QueryError as error:
        return error.position
    return 0
