"""Places: a name that stands for the place itself, in the region that the topic names."""

from dataclasses import dataclass

from monitor.matching.carriers import carried
from monitor.matching.mentions import Mention, Refused, Verdict
from monitor.matching.openings import may_be_common
from monitor.matching.placeends import behind
from monitor.matching.placefronts import in_front
from monitor.matching.placenames import PlaceName
from monitor.matching.reading import CLOSE, Reading, Token
from monitor.matching.sequences import align, worst_joint
from monitor.matching.whereabouts import told
from monitor.matching.wordlists import LOCATIVE


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
        other = in_front(self, reading, found) or behind(self, reading, found)
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

    def after_preposition(self, reading: Reading, mention: Mention) -> bool:
        """Whether a preposition of place stands in front of a mention."""
        before = reading.text[max(0, mention.start - 20) : mention.start].lower().split()
        if before[-1:] == ["the"]:
            before.pop()
        return bool(before) and before[-1] in LOCATIVE
