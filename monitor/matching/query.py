"""The query of a topic: Lucene's syntax, read by luqum, as a small tree of our own.

Understood: AND OR NOT + - ( ), "phrase", "two words"~5, word~ and word~1, begin*, and the fields title: body: source:.
Two expressions side by side are joined as Lucene joins them: one of them is enough, unless one is marked with + or -;
OR between them changes nothing. AND binds more tightly than OR, and both than standing side by side.
"""

import re
from decimal import Decimal
from functools import lru_cache

from luqum import tree
from luqum.exceptions import ParseError

from monitor.matching.expressions import All, Any, Node, Not, Query, QueryError, QueryField, QueryPhrase, QueryWord
from monitor.matching.lucene import parse as parse_lucene

FIELDS: dict[str, QueryField] = {"title": "title", "body": "body", "source": "source"}
LONGEST = 4_000
DEEPEST = 40
MOST_EDITS = 2
LUQUM_DEFAULT = Decimal("0.5")
"""The degree that luqum gives to a bare word~."""
WIDEST_GAP = 100
SHORTEST_PREFIX = 2
_NO_RANGES = "ranges are not supported: name the words, with OR between them, or put a word with such signs into quotes"
UNSUPPORTED = {
    tree.Range: _NO_RANGES,
    tree.From: _NO_RANGES,
    tree.To: _NO_RANGES,
    tree.Boost: "boosts (^) are not supported: take it out, every word weighs the same",
    tree.Regex: "regular expressions are not supported; put a word with a slash into quotes",
}
QUOTES = str.maketrans({"\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"'})


@lru_cache(maxsize=20_000)
def parse(text: str) -> Query:
    """The query that `text` says; raises QueryError for what is wrong or not supported, with the place.

    It is asked for twice, when a watchlist is checked and when its terms are made, and remembered in between.
    """
    plain = text.translate(QUOTES)
    _check_form(plain)
    try:
        root = _Reading(plain).node(parse_lucene(plain), None)
    except ParseError as error:
        place = re.search(r"position (\d+)", str(error))
        at = int(place[1]) if place else len(text)
        found = f"unexpected {plain[at : at + 20]!r}" if place else "the query ends too early"
        raise QueryError(f"{found}; put a word with special signs into quotes", at) from None
    except RecursionError:
        raise QueryError("nested too deeply", 0) from None
    if not _needs_something(root):
        raise QueryError("it would match articles that hold none of its words: name one that must be there", 0)
    return Query(text=text, root=root)


def _check_form(text: str) -> None:
    """Length, depth, quotes and brackets: luqum tells of these without their place, or not at all."""
    if not text.strip():
        raise QueryError("the query is empty", 0)
    if len(text) > LONGEST:
        raise QueryError(f"longer than {LONGEST:,} characters", LONGEST)
    opened: list[int] = []
    quote: int | None = None
    for found in re.finditer(r'\\.|["()]', text, re.DOTALL):
        sign, at = found[0], found.start()
        if sign == '"':
            quote = at if quote is None else None
        elif quote is None and sign == "(":
            opened.append(at)
            if len(opened) > DEEPEST:
                raise QueryError(f"more than {DEEPEST} brackets in brackets", at)
        elif quote is None and sign == ")":
            if not opened:
                raise QueryError("this bracket was never opened", at)
            opened.pop()
    if quote is not None:
        raise QueryError("this quote is never closed", quote)
    if opened:
        raise QueryError("this bracket is never closed", opened[-1])


def _needs_something(node: Node) -> bool:
    """Whether only an article that holds something of the query can match it."""
    match node:
        case Not():
            return False
        case All():
            return any(map(_needs_something, node.parts))
        case Any():
            return all(map(_needs_something, node.parts))
        case _:
            return True


class _Reading:
    """Turns luqum's tree into ours."""

    def __init__(self, text: str) -> None:
        self.text = text

    def wrong(self, message: str, item: tree.Item) -> QueryError:
        return QueryError(message, item.pos if item.pos is not None else 0)

    def node(self, item: tree.Item, field: QueryField | None) -> Node:
        match item:
            case tree.BaseGroup():
                return self.node(item.expr, field)
            case tree.SearchField():
                return self.in_field(item, field)
            case tree.AndOperation():
                return All(parts=tuple(self.node(part, field) for part in item.operands))
            case tree.OrOperation() if not any(isinstance(part, tree.Plus | tree.Prohibit) for part in item.operands):
                return Any(parts=tuple(self.node(part, field) for part in item.operands))
            case tree.UnknownOperation() | tree.OrOperation():
                return self.side_by_side(item, field)
            case tree.Plus():
                return self.node(item.a, field)
            case tree.Not() | tree.Prohibit():
                return Not(part=self.node(item.a, field))
            case tree.Proximity():
                return self.phrase(item.term, field, self.count(item, "the gap", WIDEST_GAP))
            case tree.Phrase():
                return self.phrase(item, field, 0)
            case tree.Fuzzy():
                return self.fuzzy(item, field)
            case tree.Word():
                return self.word(item, field)
            case _:
                raise self.wrong(UNSUPPORTED.get(type(item), f"{type(item).__name__} is not supported"), item)

    def in_field(self, item: tree.SearchField, outer: QueryField | None) -> Node:
        if outer is not None:
            raise self.wrong(f"a field inside the field {outer}:", item)
        if item.name not in FIELDS:
            known = " ".join(f"{name}:" for name in FIELDS)
            raise self.wrong(
                f"unknown field {item.name}: (there are {known}); put a word with a colon into quotes", item
            )
        return self.node(item.expr, FIELDS[item.name])

    def side_by_side(self, item: tree.UnknownOperation | tree.OrOperation, field: QueryField | None) -> Node:
        must: list[Node] = []
        may: list[Node] = []
        never: list[Node] = []
        for part in item.operands:
            node = self.node(part, field)
            (must if isinstance(part, tree.Plus) else never if isinstance(node, Not) else may).append(node)
        if must:
            return All(parts=(*must, *never), wished=tuple(may))
        if not never:
            return Any(parts=tuple(may))
        return All(parts=(*([Any(parts=tuple(may))] if may else []), *never))

    def phrase(self, item: tree.Phrase, field: QueryField | None, gap: int) -> Node:
        words = tuple(_unescaped(item.value[1:-1]).split())
        if not any(map(_readable, words)):
            raise self.wrong("the phrase holds no word", item)
        if any(word.endswith("*") for word in words):
            raise self.wrong("an open end (*) inside a phrase is not supported", item)
        return QueryPhrase(words=words, gap=gap, field=field)

    def fuzzy(self, item: tree.Fuzzy, field: QueryField | None) -> Node:
        word = self.word(item.term, field)
        if word.prefix:
            raise self.wrong("an open end (*) and typos (~) do not go together", item)
        edits = None if item.degree == LUQUM_DEFAULT else self.count(item, "the number of typos", MOST_EDITS)
        return QueryWord(text=word.text, edits=edits, field=field)

    def word(self, item: tree.Word, field: QueryField | None) -> QueryWord:
        value = str(item.value)
        if value in {"&&", "||", "and", "or", "not"} or value.startswith("!"):
            raise self.wrong(f"{value!r}: operators are AND, OR and NOT, in capitals; put the word into quotes", item)
        stem = value.removesuffix("*") if not value.endswith("\\*") else value
        if re.search(r"(?<!\\)[*?]", stem):
            raise self.wrong(
                "* may stand at the end of a word only, and ? nowhere: write the spellings with OR, or word~", item
            )
        text = _unescaped(stem)
        if not _readable(text):
            raise self.wrong(f"{value!r} is no word", item)
        prefix = stem != value
        if prefix and len(text) < SHORTEST_PREFIX:
            raise self.wrong(f"at least {SHORTEST_PREFIX} letters must stand before *", item)
        return QueryWord(text=text, prefix=prefix, field=field)

    def count(self, item: tree.BaseApprox, what: str, most: int) -> int:
        degree = item.degree
        if degree != int(degree) or not 0 <= degree <= most:
            raise self.wrong(f"{what} after ~ is a whole number up to {most}", item)
        return int(degree)


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)


def _readable(text: str) -> bool:
    return any(sign.isalnum() for sign in text)
