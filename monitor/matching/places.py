"""Places: a name that stands for the place itself, in the region that the topic names."""

from dataclasses import dataclass
from itertools import pairwise

from monitor.matching.carriers import carried, is_english
from monitor.matching.geography import joined
from monitor.matching.mentions import Mention, Refused, Standing, Verdict
from monitor.matching.openings import may_be_common
from monitor.matching.placenames import PlaceName
from monitor.matching.reading import CLOSE, Reading, Token, is_initial
from monitor.matching.sequences import Found, align, sentence, worst_joint
from monitor.matching.whereabouts import told
from monitor.matching.wordlists import (
    CALENDAR,
    CARRIER_AFTER,
    CIVIC_WORDS,
    COURTESIES,
    DIRECTIONS,
    LOCATIVE,
    OTHER_PLACE_AFTER,
    OTHER_PLACE_BEFORE,
    OTHER_PLACE_JOINTS,
    PLACES_NAMED_AFTER,
    SPACED_JOINTS,
    TITLES,
)
from monitor.matching.words import INITIAL, TITLE, UPPER

FULL_NAME = 10
"""So many times as populous as all places of a shorter name, one is what the shorter stands for: Frankfurt am Main."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(PlaceName):
    """One place, its words by number."""

    text: str
    words: tuple[int, ...]
    small: tuple[bool, ...]
    """Which of the words the topic writes in lower case: de, upon."""
    anchor: int

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
            text = reading.written(tokens[max(0, at - 1)], tokens[min(len(tokens) - 1, at + 1)])
            return Refused(text=text, reason="only a part of the name stands here", nearness=30)
        written = reading.written(found.first, found.last)
        if found.doubtful:
            return Refused(text=written, reason="a known name of its own, not a typo")
        if len(self.words) == 1 and found.edits and len(self.name) < 7:
            return Refused(text=written, reason="too short a name to take another for a typo of it")
        if not all(small or found.tokens[at].capital for small, at in zip(self.small, found.places, strict=True)):
            return Refused(text=written, reason="written in lower case, as common words are")
        other = self._other_name(reading, found)
        if other is not None:
            return other
        if may_be_common(self, reading, found):
            return Refused(text=written, reason="here, a common word may begin with a capital too", nearness=70)
        standing, where = told(self, reading, found)
        if standing == "elsewhere":
            return Refused(text=where, reason="it lies in another region", nearness=85, standing=standing)
        cost, remark = carried(self, reading, found)
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
        name = joined((word, self.name))
        if word in OTHER_PLACE_BEFORE or known.is_place(name) or self.geography.codes(name):
            return Refused(text=longer, reason=f"another place, {longer}", nearness=80)
        gap = reading.between(before, found.first)
        if "-" in gap and " " not in gap and not known.is_place(word):
            return Refused(text=longer, reason=f"a part of another name, {longer}", nearness=80)
        if self._is_person(reading, found, before, gap):
            return Refused(text=longer, reason=f"a person, {longer}", nearness=80, standing="surname")
        if gap == " " and before.shape == found.first.shape == TITLE and self._goes_before(reading, found, before):
            named: Standing = "surname" if known.is_first_name(word) else "full"
            return Refused(text=longer, reason=f"a part of another name, {longer}", nearness=80, standing=named)
        return None

    def _goes_before(self, reading: Reading, found: Found, before: Token) -> bool:
        """Whether a capital in front of the place, in running text, is one of a name that no table need know.

        Words of English, titles among them, and places may stand there: the Bavarian Stockton
        office, Downtown Stockton.
        """
        word, known = before.folded, self.lexicon
        other = known.is_english(word) or known.is_place(word) or self.geography.codes(word)
        return not other and word.isalpha() and is_english(known, sentence(reading, found))

    def _is_person(self, reading: Reading, found: Found, before: Token, gap: str) -> bool:
        known, word = self.lexicon, before.folded
        if word in LOCATIVE:
            return False
        if gap.strip(". ") or word in CALENDAR or before.shape == UPPER != found.first.shape:
            return is_initial(before) and word not in ("a", "i") and before.shape != UPPER
        shouted = before.shape == UPPER and known.is_common(word)
        if is_initial(before) and not shouted:
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
            one = self.geography.is_wide(f"{self.name} {word}")  # Guinea-Bissau
            if one or word in OTHER_PLACE_JOINTS or (after.capital and not self._begins_place(reading, found)):
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
        first_name = known.is_first_name(self.name) and not (found.before is not None and found.before.folded == "the")
        if first_name and after.shape == INITIAL and reading.text[after.end : after.end + 1] == ".":
            return Refused(text=longer, reason=f"a person, {longer}", nearness=80, standing="surname")
        surname = (
            known.is_last_name(word)
            and word not in TITLES | CIVIC_WORDS | CARRIER_AFTER | CALENDAR | PLACES_NAMED_AFTER
        )
        surname = surname and (not known.is_common(word) or known.is_common_last_name(word))
        shape = found.first.shape
        cased = shape == TITLE or (shape == UPPER and is_english(known, sentence(reading, found)))
        if first_name and surname and after.shape == shape and cased:
            return Refused(text=longer, reason=f"a person, {longer}", nearness=80, standing="surname")
        return None

    def _begins_place(self, reading: Reading, found: Found) -> bool:
        """Whether another place, or the first word of a county's name, stands behind a hyphen: Dallas-Fort Worth."""
        at = found.places[-1] + 1
        for end in (at + 1, at + 2, at + 3):
            words = found.tokens[at:end]
            if all(reading.close(one, other) for one, other in pairwise(words)):
                name = joined(token.folded for token in words)
                if self.lexicon.is_place(name) or self.lexicon.is_place(f"{name} county"):
                    return True
        return False

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

    def after_preposition(self, reading: Reading, mention: Mention) -> bool:
        """Whether a preposition of place stands in front of a mention."""
        before = reading.text[max(0, mention.start - 20) : mention.start].lower().split()
        if before[-1:] == ["the"]:
            before.pop()
        return bool(before) and before[-1] in LOCATIVE
