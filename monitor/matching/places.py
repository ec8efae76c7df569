"""Places: a name that stands for the place itself, in the region that the topic names."""

from dataclasses import dataclass

from monitor.matching.geography import Geography, compatible, joined
from monitor.matching.lexicon import Lexicon
from monitor.matching.mentions import Mention, Refused, Standing, Verdict
from monitor.matching.reading import CLOSE, Reading, Token, is_initial
from monitor.matching.scoring import CARRIED, CIVIC
from monitor.matching.sequences import Found, align, worst_joint
from monitor.matching.wordlists import (
    CALENDAR,
    CARRIER_AFTER,
    CARRIER_OF,
    CIVIC_WORDS,
    COURTESIES,
    DIRECTIONS,
    LOCATIVE,
    OTHER_PLACE_AFTER,
    OTHER_PLACE_BEFORE,
    OTHER_PLACE_JOINTS,
    TITLES,
)
from monitor.matching.words import TITLE, UPPER, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place's name, and the regions that the topic names for it."""

    text: str
    name: str
    """Folded."""
    words: tuple[int, ...]
    anchor: int
    region: tuple[str, ...]
    lexicon: Lexicon
    geography: Geography

    @property
    def own(self) -> frozenset[str]:
        """The codes of the topic's regions."""
        return self.geography.codes_of(self.region)

    @property
    def reach(self) -> int:
        """How many chunks around the anchor are read."""
        return len(self.words) + 4

    def judge(self, reading: Reading, chunk: int) -> list[Verdict]:
        """Verdicts on the places in a chunk where the anchor stands."""
        tokens, places = reading.standing(chunk, self.reach, self.words[self.anchor])
        return [self._verdict(reading, tokens, at) for at in places]

    def _verdict(self, reading: Reading, tokens: list[Token], at: int) -> Verdict:
        found = align(tokens, at, self.words, self.anchor, 0)
        if found is None or worst_joint(reading, found) != CLOSE:
            return Refused(
                text=_written(reading, tokens[at]), reason="only a part of the name stands here", nearness=30
            )
        written = reading.written(found.first, found.last)
        if found.doubtful:
            return Refused(text=written, reason="a known name of its own, not a typo")
        if len(self.words) == 1 and found.edits and len(found.first.folded) < 7:
            return Refused(text=written, reason="too short a name to take another for a typo of it")
        if not all(found.tokens[at].capital for at in found.places):
            return Refused(text=written, reason="written in lower case, as common words are")
        other = self._other_name(reading, found)
        if other is not None:
            return other
        standing, where = self._region(reading, found)
        if standing == "elsewhere":
            return Refused(text=where, reason="it lies in another region", nearness=85, standing=standing)
        cost, remark = self._carried(reading, found)
        return Mention(
            field=reading.field,
            start=found.first.start,
            end=found.last.end,
            text=written,
            term=self.text,
            how=found.how,
            score=100 - found.cost - cost,
            standing=standing,
            remark=remark,
        )

    # -- another name that holds this one

    def _other_name(self, reading: Reading, found: Found) -> Refused | None:
        before, after = found.before, found.after
        if before is not None and before.capital and reading.close(before, found.first):
            refused = self._with_before(reading, found, before)
            if refused:
                return refused
        if after is not None and not reading.possessive(found.last) and reading.close(found.last, after):
            return self._with_after(reading, found, after)
        return None

    def _with_before(self, reading: Reading, found: Found, before: Token) -> Refused | None:
        known, word = self.lexicon, before.folded
        longer = reading.written(before, found.last)
        if reading.possessive(before):
            return None
        if word in OTHER_PLACE_BEFORE or known.is_place(joined((word, self.name))):
            return Refused(text=longer, reason=f"another place, {longer}", nearness=80)
        gap = reading.between(before, found.first)
        if "-" in gap and " " not in gap and not known.is_place(word):
            return Refused(text=longer, reason=f"a part of another name, {longer}", nearness=80)
        if self._is_person(reading, found, before, gap):
            return Refused(text=longer, reason=f"a person, {longer}", nearness=80, standing="surname")
        return None

    def _is_person(self, reading: Reading, found: Found, before: Token, gap: str) -> bool:
        known, word = self.lexicon, before.folded
        if gap.strip(". ") or word in CALENDAR or before.shape == UPPER != found.first.shape:
            return is_initial(before) and word not in ("a", "i") and before.shape != UPPER
        if is_initial(before):
            return word not in ("a", "i")
        if word in COURTESIES:
            return True
        if word in TITLES:
            return word not in ("mayor", "chief", "coach", "police") and not self.region
        opening = reading.starts_sentence(found.tokens, found.places[0] - 1)
        return (
            known.is_common_first_name(word)
            and word not in DIRECTIONS
            and not (known.is_common(word) and (opening or found.first.shape == UPPER))
        )

    def _with_after(self, reading: Reading, found: Found, after: Token) -> Refused | None:
        known, word = self.lexicon, after.folded
        gap = reading.between(found.last, after)
        longer = reading.written(found.first, after)
        if "-" in gap and " " not in gap:
            if word in OTHER_PLACE_JOINTS or (after.capital and not known.is_place(word)):
                return Refused(text=longer, reason=f"a part of another name, {longer}", nearness=80)
            return None
        if not after.capital:
            return None
        if word in OTHER_PLACE_AFTER or known.is_place(joined((self.name, word))):
            return Refused(text=longer, reason=f"another place, {longer}", nearness=80)
        surname = known.is_last_name(word) and word not in TITLES | CIVIC_WORDS | CARRIER_AFTER | CALENDAR
        surname = surname and (not known.is_common(word) or known.is_common_last_name(word))
        if known.is_first_name(self.name) and surname and after.shape == found.first.shape == TITLE:
            return Refused(text=longer, reason=f"a person, {longer}", nearness=80, standing="surname")
        return None

    def _carried(self, reading: Reading, found: Found) -> tuple[float, str]:
        """What it costs that a longer name carries the place's."""
        before, after = found.before, found.after
        of = self._of(reading, found)
        if of is not None:
            written = reading.written(of, found.last)
            return CARRIED, f"{written} merely carries the name"
        if after is not None and after.capital and not reading.possessive(found.last):
            if reading.close(found.last, after) and after.folded in CARRIER_AFTER:
                behind = found.tokens[found.places[-1] + 2 : found.places[-1] + 3]
                if after.folded not in CIVIC_WORDS or not (behind and behind[0].folded in ("district", "board")):
                    written = reading.written(found.first, after)
                    return CARRIED, f"{written} merely carries the name"
            if reading.close(found.last, after) and after.folded in CIVIC_WORDS:
                return CIVIC, "a body of the place"
        if before is not None and before.capital and before.folded in DIRECTIONS and reading.close(before, found.first):
            return CIVIC, "a part of the place"
        return 0, ""

    def _of(self, reading: Reading, found: Found) -> Token | None:
        """The body in front of `of`: University of Stockton."""
        at = found.places[0]
        if at < 2 or found.tokens[at - 1].folded != "of":
            return None
        body = found.tokens[at - 2]
        if not body.capital or body.folded not in CARRIER_OF or not reading.close(found.tokens[at - 1], found.first):
            return None
        return body

    # -- where it lies

    def _region(self, reading: Reading, found: Found) -> tuple[Standing, str]:
        """Whether the words behind the name tell where it lies: here, elsewhere, or nothing (`full`)."""
        at = found.places[-1] + 1
        if at >= len(found.tokens) or not self.region:
            return "full", ""
        gap = reading.between(found.last, found.tokens[at]).strip()
        if gap not in (",", "(", ", ("):
            return "full", ""
        named = self._names_own(found.tokens, at)
        if named:
            return "here", reading.written(found.first, found.tokens[at + named - 1])
        codes, length = self.geography.region_at(reading, found.tokens, at)
        if not codes:
            return "full", ""
        where = reading.written(found.first, found.tokens[at + length - 1])
        if compatible(codes, self.own):
            return "here", where
        if self._is_list(reading, found.tokens, at + length, codes):
            return "full", ""
        return "elsewhere", where

    def _names_own(self, tokens: list[Token], at: int) -> int:
        """How many words from a place on spell a region of the topic: West Midlands, which no table need know."""
        for region in self.region:
            words = [word.folded for word in words_of(region)]
            behind = tokens[at : at + len(words)]
            if len(words) > 1 and behind[0].capital and [token.folded for token in behind] == words:
                return len(words)
        return 0

    def _is_list(self, reading: Reading, tokens: list[Token], at: int, codes: frozenset[str]) -> bool:
        """Whether the region is but the next of several places (in Stockton, Nevada and Oregon)."""
        if any(self.geography.holds(self.name, code) for code in codes) or at >= len(tokens):
            return False
        return tokens[at].folded in ("and", "or") and reading.close(tokens[at - 1], tokens[at])

    def after_preposition(self, reading: Reading, mention: Mention) -> bool:
        """Whether a preposition of place stands in front of a mention."""
        before = reading.text[max(0, mention.start - 20) : mention.start].split()
        return bool(before) and before[-1].lower() in LOCATIVE


def _written(reading: Reading, token: Token) -> str:
    return reading.text[token.start : token.end]
