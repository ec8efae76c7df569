"""Places: a name that stands for the place itself, in the region that the topic names."""

from dataclasses import dataclass

from monitor.matching.geography import Geography, compatible, joined
from monitor.matching.lexicon import Lexicon
from monitor.matching.mentions import Mention, Refused, Standing, Verdict
from monitor.matching.reading import CLOSE, Reading, Token, is_initial
from monitor.matching.scoring import CARRIED, CIVIC
from monitor.matching.sequences import Found, align, worst_joint
from monitor.matching.wordlists import (
    ALWAYS_CAPITAL,
    CALENDAR,
    CARRIER_AFTER,
    CARRIER_OF,
    CARRYING_THINGS,
    CIVIC_WORDS,
    COUNTIES,
    COURTESIES,
    DIRECTIONS,
    LOCATIVE,
    OTHER_PLACE_AFTER,
    OTHER_PLACE_BEFORE,
    OTHER_PLACE_JOINTS,
    PLACES_NAMED_AFTER,
    SACRED,
    SPACED_JOINTS,
    TITLES,
)
from monitor.matching.words import TITLE, UPPER, words_of

FULL_NAME = 10
"""So many times as populous as all places of a shorter name, one is what the shorter stands for: Frankfurt am Main."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place's name, and the regions that the topic names for it."""

    text: str
    name: str
    """Folded."""
    words: tuple[int, ...]
    small: tuple[bool, ...]
    """Which of the words the topic writes in lower case: de, upon."""
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
        if not all(small or found.tokens[at].capital for small, at in zip(self.small, found.places, strict=True)):
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
            return word not in ("mayor", "chief", "coach", "police")
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
            county = known.is_place(word) or known.is_place(f"{word} county")
            if word in OTHER_PLACE_JOINTS or (after.capital and not county):
                return Refused(text=longer, reason=f"a part of another name, {longer}", nearness=80)
            return None
        if reading.text[after.start : after.end] == "&":
            behind = found.tokens[found.places[-1] + 2 : found.places[-1] + 3]
            firm = bool(behind) and behind[0].capital
            return Refused(text=longer, reason=f"a part of another name, {longer}", nearness=80) if firm else None
        if not after.capital:
            return self._goes_on(reading, found) if word in SPACED_JOINTS else None
        if word in OTHER_PLACE_AFTER or known.is_place(joined((self.name, word))):
            return Refused(text=longer, reason=f"another place, {longer}", nearness=80)
        surname = (
            known.is_last_name(word)
            and word not in TITLES | CIVIC_WORDS | CARRIER_AFTER | CALENDAR | PLACES_NAMED_AFTER
        )
        surname = surname and (not known.is_common(word) or known.is_common_last_name(word))
        if known.is_first_name(self.name) and surname and after.shape == found.first.shape == TITLE:
            return Refused(text=longer, reason=f"a person, {longer}", nearness=80, standing="surname")
        return None

    def _goes_on(self, reading: Reading, found: Found) -> Refused | None:
        """Another place of which the name begins so (Santiago de Cuba), if it is not this one's in full."""
        at = found.places[-1] + 1
        for end in (at + 3, at + 2):
            words = found.tokens[at:end]
            name = joined((self.name, *(token.folded for token in words)))
            known = words[-1].capital and self.lexicon.is_place(name)
            if not known and not (words[0].folded == "upon" and words[-1].capital):
                continue
            here, there = (sum(p.population for p in self.lexicon.places(one)) for one in (self.name, name))
            if there >= FULL_NAME * max(1, here):
                return None
            longer = reading.written(found.first, words[-1])
            return Refused(text=longer, reason=f"another place, {longer}", nearness=80)
        return None

    def _carried(self, reading: Reading, found: Found) -> tuple[float, str]:
        """What it costs that a longer name carries the place's."""
        before, after = found.before, found.after
        of = self._of(reading, found)
        if of is not None:
            written = reading.written(of, found.last)
            return CARRIED, f"{written} merely carries the name"
        if after is not None and reading.close(found.last, after):
            if self._merely_carries(reading, found, after):
                return CARRIED, f"{reading.written(found.first, after)} merely carries the name"
            if after.capital and not reading.possessive(found.last) and after.folded in CIVIC_WORDS:
                return CIVIC, "a body of the place"
        if before is not None and before.capital and before.folded in DIRECTIONS and reading.close(before, found.first):
            return CIVIC, "a part of the place"
        return 0, ""

    def _merely_carries(self, reading: Reading, found: Found, after: Token) -> bool:
        """Whether the name goes on with a word that makes it that of something else."""
        word = after.folded
        if reading.possessive(found.last):
            return self.name.startswith("saint ") and after.capital and word in SACRED
        if not after.capital:
            return word in CARRYING_THINGS
        behind = found.tokens[found.places[-1] + 2 : found.places[-1] + 3]
        next_word = behind[0].folded if behind and behind[0].capital else ""
        if word in CARRIER_AFTER:
            return word not in CIVIC_WORDS or next_word not in ("district", "board")
        if next_word in ("university", "college"):
            return True
        return self._is_name(reading, found, after)

    def _is_name(self, reading: Reading, found: Found, after: Token) -> bool:
        """Whether a capital behind the place, in running text, is one of a name: Houston Astros, Lincoln Memorial."""
        word, known = after.folded, self.lexicon
        if (
            after.shape != TITLE
            or reading.between(found.last, after).strip()
            or word in CIVIC_WORDS | TITLES | CALENDAR | DIRECTIONS | ALWAYS_CAPITAL
        ):
            return False
        if self.geography.codes(word) or (known.is_first_name(word) and not known.is_english(word)):
            return False
        lower = [token.folded for token in found.tokens if not token.capital and len(token.folded) >= 3]
        english = sum(map(known.is_common, lower))
        return english > len(lower) - english

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
            return self._beyond(reading, found, at)
        wider = self._codes_behind(reading, found.tokens, at + length - 1)
        codes = frozenset(code for code in codes if compatible((code,), wider)) or codes
        where = reading.written(found.first, found.tokens[at + length - 1])
        if compatible(codes, self.own):
            return "here", where
        if self._is_list(reading, found.tokens, at + length, codes):
            return "full", ""
        return "elsewhere", where

    def _codes_behind(self, reading: Reading, tokens: list[Token], at: int) -> frozenset[str]:
        """The regions that are named behind a word and a comma."""
        if at + 1 >= len(tokens) or reading.between(tokens[at], tokens[at + 1]).strip() != ",":
            return frozenset()
        return self.geography.region_at(reading, tokens, at + 1)[0]

    def _beyond(self, reading: Reading, found: Found, at: int) -> tuple[Standing, str]:
        """The region behind one that no table knows: York, North Yorkshire, England."""
        tokens, last = found.tokens, min(len(found.tokens) - 1, at + 3)
        while at < last and tokens[at].capital and reading.close(tokens[at], tokens[at + 1]):
            at += 1
        codes = self._codes_behind(reading, tokens, at) if tokens[at].capital else frozenset()
        if not codes:
            return "full", ""
        where = reading.written(found.first, tokens[at + 1])
        if compatible(codes, self.own):
            return "here", where
        county = tokens[at].folded in COUNTIES or tokens[at].folded.endswith("shire")
        return ("elsewhere", where) if county else ("full", "")

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
