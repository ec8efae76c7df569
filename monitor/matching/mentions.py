"""What a term's judge says of a place in a text: a mention with its score, or the rule that refused it."""

from dataclasses import dataclass
from typing import Literal

from monitor.records import Evidence, Field, How

Standing = Literal["full", "surname", "acronym", "elsewhere", "here", "near", "bare", "another"]
"""What a mention needs: nothing; the full name in the article; a definition or context. A place told to lie `elsewhere`
is none; one told to lie `here` needs no more; its `bare` name may be another's, and wants a mention beside it that is
none of these; `another` person of that surname is told from ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span that stands for a term."""

    field: Field
    start: int
    end: int
    text: str
    term: str
    how: How
    score: float
    standing: Standing = "full"
    remark: str = ""
    """What lowered the score, in words."""

    def evidence(self) -> Evidence:
        return Evidence(field=self.field, start=self.start, end=self.end, text=self.text, term=self.term, how=self.how)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A span that comes near to a term and is no mention of it."""

    text: str
    reason: str
    nearness: float = 50
    """0 to 100, to choose the nearest of several."""
    standing: Standing = "full"
    field: Field = "text"
    start: int = 0


def another(field: Field, start: int, text: str, reason: str) -> Refused:
    """The refusal of a full name of another person who bears the surname."""
    return Refused(text=text, reason=reason, nearness=60, standing="another", field=field, start=start)


Verdict = Mention | Refused
Outcome = list[Mention] | Refused
"""The mentions of a topic that count, or what refused the nearest."""
