"""The words of a term written as one: #sanctuarypolicy, healthcare for health care."""

from dataclasses import dataclass

from monitor.matching.mentions import Mention, Refused, Verdict
from monitor.matching.reading import Reading, Token
from monitor.matching.scoring import WORD_FORM


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Joined:
    """A term of several words, written as one."""

    text: str
    word: int
    name: bool
    """Whether it is a name, which wants a capital outside of a hashtag …"""
    surname: bool = False
    """… and is none there if people are called so: Mr. Timberlake is not Timber Lake."""

    def judge(self, reading: Reading, chunk: int) -> list[Verdict]:
        """Verdicts on the places in a chunk where the word stands."""
        return [self._verdict(reading, token) for token in reading.tokens(chunk) if token.hit(self.word)]

    def _verdict(self, reading: Reading, token: Token) -> Verdict:
        written = reading.text[token.start : token.end]
        tagged = reading.text[token.start - 1 : token.start] in ("#", "@")
        if self.name and not token.capital and not tagged:
            return Refused(text=written, reason="written in lower case, as common words are")
        if self.name and self.surname and not tagged:
            return Refused(text=written, reason="a known name of its own", standing="surname")
        return Mention(
            field=reading.field,
            start=token.start,
            end=token.end,
            text=written,
            term=self.text,
            how="word_form",
            score=100 - WORD_FORM,
        )
