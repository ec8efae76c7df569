"""The sentences of an article that speak for a match, with the words marked, and why they did where it is not plain."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from monitor.records import Evidence, Match
from monitor.stories import facts

LONGEST = 320
"""Characters of one quote."""
MOST = 3
"""Quotes, and reasons, of one story."""

_ABBREVIATIONS = frozenset(
    re.findall(
        r"\S+",
        """Mr Mrs Ms Dr Prof St Sgt Lt Col Gen Capt Cmdr Gov Sen Rep Rev Hon Jr Sr Atty Asst Dept Assn Co Corp Inc Ltd
        Bros Ave Blvd Rd Hwy No vs Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun
        Calif Ariz Colo Conn Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va
        Vt Wash Wis Wyo approx est a.m p.m U.S U.N e.g i.e""",
    )
)
_STOP = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s)")
_LAST_WORD = re.compile(r"([\w.]+)$")

_WHY = {
    "typo": "“{text}” is taken for a misspelling of “{term}”",
    "word_form": "“{text}” is a form of “{term}”",
    "alias": "“{text}” is another name for {topic}",
    "nickname": "“{text}” is taken for “{term}” (a nickname)",
    "acronym": "“{text}” stands for “{term}”",
    "surname": "“{text}” is taken for {topic}, whose full name is in the article",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text, marked as evidence or not."""

    text: str
    marked: bool = False


Quote = tuple[Piece, ...]


def quotes(body: str, matches: Sequence[Match], most: int = MOST) -> tuple[Quote, ...]:
    """The sentences that hold the matches' evidence: those that speak for most topics first chosen, in their order."""
    spans = {(e.start, e.end): e for m in matches for e in m.evidence if _stands(body, e)}
    topics: dict[tuple[int, int], set[str]] = {}
    for start, end in spans:
        sentence = _sentence(body, start, end)
        said = {m.topic for m in matches if any((e.start, e.end) == (start, end) for e in m.evidence)}
        topics.setdefault(sentence, set()).update(said)
    chosen: list[tuple[int, int]] = []
    missing = set().union(*topics.values()) if topics else set()
    left = sorted(topics)
    while left and len(chosen) < most:
        best = max(left, key=lambda sentence: (len(topics[sentence] & missing), -sentence[0]))
        left.remove(best)
        missing -= topics[best]
        chosen.append(best)
    return tuple(_quote(body, sentence, sorted(spans)) for sentence in sorted(chosen))


def added_alone(body: str, match: Match, added: Sequence[str]) -> Match:
    """The match with the evidence alone that stands in a sentence of the passages `added`; as it is where none does."""
    sentences = {e: _sentence(body, e.start, e.end) for e in match.evidence if _stands(body, e)}
    new = tuple(e for e, (start, end) in sentences.items() if any(body[start:end] in passage for passage in added))
    return replace(match, evidence=new) if new else match


def lede(body: str) -> Quote:
    """The first sentence of a text, for a story whose headline alone matched."""
    start = len(body) - len(body.lstrip())
    if not body.strip():
        return ()
    return _quote(body, _sentence(body, start, start + 1), [])


def addition(body: str, told: Sequence[str]) -> Quote:
    """The sentence of a text that adds most to the texts that were told before; empty where none adds anything."""
    spans = _sentences(body) if told else []
    place = facts.addition([body[start:end] for start, end in spans], told)
    return _quote(body, spans[place], []) if place is not None else ()


def headline(title: str, matches: Sequence[Match]) -> Quote:
    """The title with its evidence marked."""
    spans = {(e.start, e.end) for m in matches for e in m.evidence if e.field == "title" and _same(title, e)}
    return tuple(_pieces(title, 0, len(title), sorted(spans)))


def reasons(matches: Iterable[Match], most: int = MOST) -> tuple[str, ...]:
    """Why a topic was found where it does not stand there in so many words."""
    found: dict[tuple[str, str], str] = {}
    for match in matches:
        if any(evidence.how == "exact" for evidence in match.evidence):
            continue
        for evidence in match.evidence:
            words = _WHY.get(evidence.how)
            if words and evidence.text.casefold() != evidence.term.casefold():
                text = words.format(text=" ".join(evidence.text.split()), term=evidence.term, topic=match.topic)
                found.setdefault((match.topic_id, evidence.text.casefold()), text)
    return tuple(dict.fromkeys(found.values()))[:most]


def _stands(body: str, evidence: Evidence) -> bool:
    return evidence.field == "text" and _same(body, evidence)


def _same(text: str, evidence: Evidence) -> bool:
    """Whether the evidence is of this text; after a revision it may not be."""
    return evidence.start < evidence.end and text[evidence.start : evidence.end] == evidence.text


def _sentence(body: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the sentence (or sentences) around a span; a line break ends one."""
    first = body.rfind("\n", 0, start) + 1
    last = body.find("\n", end)
    last = len(body) if last < 0 else last
    for stop in _STOP.finditer(body, first, last):
        if _abbreviated(body, stop):
            continue
        if stop.end() <= start:
            first = stop.end()
        elif stop.end() >= end:
            last = stop.end()
            break
    return first + len(body[first:last]) - len(body[first:last].lstrip()), last


def _sentences(body: str) -> list[tuple[int, int]]:
    """The bounds of every sentence of a text."""
    found = []
    for line in re.finditer(r"[^\n]+", body):
        start = line.start()
        for stop in _STOP.finditer(body, line.start(), line.end()):
            if not _abbreviated(body, stop):
                found.append((start, stop.end()))
                start = stop.end()
        found.append((start, line.end()))
    trimmed = ((start + len(body[start:end]) - len(body[start:end].lstrip()), end) for start, end in found)
    return [(start, end) for start, end in trimmed if start < end]


def _abbreviated(body: str, stop: "re.Match[str]") -> bool:
    if stop.group() != ".":
        return False
    word = _LAST_WORD.search(body, max(0, stop.start() - 12), stop.start())
    if word is None:
        return False
    return word.group() in _ABBREVIATIONS or (len(word.group()) == 1 and word.group().isupper())


def _quote(body: str, sentence: tuple[int, int], spans: Sequence[tuple[int, int]]) -> Quote:
    start, end = sentence
    inside = [span for span in spans if start <= span[0] and span[1] <= end]
    head, tail = start, end
    if end - start > LONGEST:
        middle = inside[0] if inside else (start, start)
        head = max(start, min(middle[0] - LONGEST // 3, end - LONGEST))
        tail = max(min(end, head + LONGEST), min(middle[1], end))
        head = head if head == start else body.find(" ", head, max(middle[0], head + 1)) + 1 or head
        tail = tail if tail == end else max(body.rfind(" ", head, tail + 1), middle[1])
    pieces = _pieces(body, head, tail, inside)
    before = [Piece(text="… ")] if head > start else []
    after = [Piece(text=" …")] if tail < end else []
    return (*before, *pieces, *after)


def _pieces(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    pieces, at = [], start
    for first, last in spans:
        if first < at or last > end:
            continue
        pieces += [Piece(text=text[at:first]), Piece(text=text[first:last], marked=True)]
        at = last
    pieces.append(Piece(text=text[at:end]))
    return [piece for piece in pieces if piece.text]
