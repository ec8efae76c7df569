"""Queries: the leaves of a topic's query as terms, and what the whole makes of them in an article."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from monitor.matching.dossier import Dossier
from monitor.matching.expressions import All, Any, Node, Not, QueryPhrase, QueryWord
from monitor.matching.folding import fold
from monitor.matching.mentions import Mention, Refused, Verdict
from monitor.matching.proximity import gather
from monitor.matching.reading import END, Reading, Token
from monitor.matching.sequences import align, worst_joint
from monitor.matching.terms import Term
from monitor.matching.words import UPPER, words_of

Leaf = QueryWord | QueryPhrase
Leaves = dict[Leaf, Term]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Call:
    """Stands where a word of a query does, so that the query is evaluated, and says nothing of the place itself."""

    text: str

    def judge(self, reading: Reading, chunk: int) -> list[Verdict]:
        """No verdicts."""
        return []


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Words:
    """One or more words of a query, as written but for case, in a row or (with a `gap`) near each other."""

    text: str
    words: tuple[int, ...]
    anchor: int
    gap: int = 0
    upper: bool = False
    """An acronym: it must be in capitals."""
    parted: bool = False
    """Whether the query itself writes punctuation between the words."""

    def judge(self, reading: Reading, chunk: int) -> list[Verdict]:
        """Verdicts on the places in a chunk where the anchor stands."""
        reach = len(self.words) + self.gap + 1
        tokens, places = reading.standing(chunk, reach, self.words[self.anchor])
        return [self._verdict(reading, tokens, at) for at in places]

    def _verdict(self, reading: Reading, tokens: list[Token], at: int) -> Verdict:
        found = (gather if self.gap else align)(tokens, at, self.words, self.anchor, self.gap)
        written = reading.text[tokens[at].start : tokens[at].end]
        if found is None or (not (self.gap or self.parted) and worst_joint(reading, found) == END):
            text = reading.written(tokens[max(0, at - 2)], tokens[min(len(tokens) - 1, at + 2)])
            return Refused(text=text, reason="its words do not stand together")
        if any(not hit.sure and found.tokens[at].capital for at, hit in zip(found.places, found.hits, strict=True)):
            return Refused(text=written, reason="a known name of its own, not a typo")
        if self.upper and tokens[at].shape != UPPER:
            return Refused(text=written, reason="not in capitals, as the query writes it")
        start, end = found.first.start, found.last.end
        text = reading.text[start:end]
        return Mention(
            field=reading.field, start=start, end=end, text=text, term=self.text, how=found.how, score=100 - found.cost
        )


def triggers(node: Node, rarity: Callable[[Leaf], int]) -> list[Leaf]:
    """Leaves of which at least one stands in any article that matches; empty where none of them is in the text."""
    match node:
        case QueryWord() | QueryPhrase():
            return [] if node.field == "source" else [node]
        case All():
            choices = [found for part in node.parts if not isinstance(part, Not) and (found := triggers(part, rarity))]
            return max(choices, key=lambda leaves: min(map(rarity, leaves)), default=[])
        case Any():
            parts = [triggers(part, rarity) for part in node.parts]
            return [leaf for leaves in parts for leaf in leaves] if all(parts) else []
        case Not():
            return []


def evaluate(node: Node, terms: Leaves, dossier: Dossier) -> list[Mention] | None:
    """The mentions that make a query true in an article, or `None` where it is not."""
    match node:
        case QueryWord() | QueryPhrase():
            return _leaf(node, terms, dossier)
        case Not():
            return None if evaluate(node.part, terms, dossier) is not None else []
        case All():
            mentions: list[Mention] = []
            for part in node.parts:
                found = evaluate(part, terms, dossier)
                if found is None:
                    return None
                mentions += found
            return mentions + [one for part in node.wished for one in evaluate(part, terms, dossier) or ()]
        case Any():
            choices = [evaluate(part, terms, dossier) for part in node.parts]
            true = [choice for choice in choices if choice is not None]
            return [mention for choice in true for mention in choice] if true else None


def _leaf(leaf: Leaf, terms: Leaves, dossier: Dossier) -> list[Mention] | None:
    if leaf.field == "source":
        return [] if _in_source(leaf, dossier.article.source) else None
    field = {"title": "title", "body": "text"}.get(leaf.field or "")
    if leaf not in terms or not dossier.holds(terms[leaf]):
        return None
    return [one for one in dossier.mentions(terms[leaf]) if field in (None, one.field)] or None


def _in_source(leaf: Leaf, source: str) -> bool:
    """Whether the name of the source holds the words in a row, or begins a word so."""
    sought = _spaced(" ".join(leaf.words) if isinstance(leaf, QueryPhrase) else leaf.text)
    return (sought[:-1] if isinstance(leaf, QueryWord) and leaf.prefix else sought) in _spaced(source)


@lru_cache(maxsize=20_000)
def _spaced(text: str) -> str:
    """The words of the name of a source, or of what is sought in it, folded, a space around each."""
    return f" {' '.join(word.folded for word in words_of(text)) or fold(text)} "


def failing(node: Node, terms: Leaves, dossier: Dossier) -> Iterator[str]:
    """What keeps a query from being true, in words."""
    match node:
        case QueryWord() | QueryPhrase():
            if evaluate(node, terms, dossier) is None:
                yield f"{shown(node)} is not there"
        case Not():
            if evaluate(node.part, terms, dossier) is not None:
                yield f"what NOT rules out is there: {shown(node.part)}"
        case All():
            for part in node.parts:
                yield from failing(part, terms, dossier)
        case Any():
            if evaluate(node, terms, dossier) is None:
                yield f"none of {', '.join(map(shown, node.parts))} is there"


def missing(node: Node, terms: Leaves, dossier: Dossier) -> Iterator[Leaf]:
    """The words and phrases whose absence keeps a query from being true."""
    match node:
        case QueryWord() | QueryPhrase():
            if evaluate(node, terms, dossier) is None:
                yield node
        case All() | Any():
            if evaluate(node, terms, dossier) is None:
                for part in node.parts:
                    yield from missing(part, terms, dossier)


def shown(node: Node) -> str:
    """A part of a query, for people."""
    match node:
        case QueryWord():
            text = node.text + ("*" if node.prefix else "") + ("" if node.edits == 0 else f"~{node.edits or ''}")
            return f"{node.field}:{text}" if node.field else text
        case QueryPhrase():
            text = f'"{" ".join(node.words)}"' + (f"~{node.gap}" if node.gap else "")
            return f"{node.field}:{text}" if node.field else text
        case Not():
            return f"NOT {shown(node.part)}"
        case All():
            return "(" + " AND ".join(map(shown, node.parts)) + ")"
        case Any():
            return "(" + " OR ".join(map(shown, node.parts)) + ")"
