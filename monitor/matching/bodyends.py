"""What stands behind an organization's name: the end of a longer name, or whose body it is."""

from monitor.matching.bodymatters import has_matter_last, other_matter
from monitor.matching.bodynames import BodyName, place_length
from monitor.matching.bodywords import (
    ALSO_NOUNS,
    FUNDS,
    INDEPENDENT,
    LEVELS,
    MATTERS_ENDS,
    OPEN_KINDS,
    QUALIFYING,
    THINGS,
)
from monitor.matching.headlines import is_low, is_running
from monitor.matching.reading import Reading, Token
from monitor.matching.sequences import Found
from monitor.matching.wordlists import BODIES, CALENDAR
from monitor.matching.words import UPPER

FARTHEST = 4
"""Words behind a name that are read."""
_QUALIFYING = LEVELS | QUALIFYING | CALENDAR
_FUNDED = INDEPENDENT | FUNDS


def goes_on(body: BodyName, reading: Reading, found: Found) -> Token | None:
    """The last word of the longer name of another body, if the name goes on: Bank of Scotland Foundation."""
    behind = _behind(reading, found)
    matter = other_matter(body, reading, found)
    if matter is not None or not behind:
        return matter
    if behind[0].folded in ("of", "for"):
        return _part(body, behind)
    run = behind[: next((at for at, token in enumerate(behind) if not token.capital), len(behind))]
    if run and run[0].folded in MATTERS_ENDS and has_matter_last(body):
        return run[0]
    return _namesake(body, run, _tells(reading, found, run)) if run else None


def owner_behind(body: BodyName, reading: Reading, found: Found) -> str:
    """Whose body it is by the words behind, as written, or nothing: Ukraine of Ministry of Justice of Ukraine."""
    behind = _behind(reading, found) if body.generic else []
    if not behind or behind[0].folded != "of":
        return ""
    owner = [token for token in behind[1:] if token.folded != "the"][:2]
    for length in range(len(owner), 0, -1):
        if owner[0].capital and place_length(body, owner, length - 1) == length:
            return reading.written(owner[0], owner[length - 1])
    return ""


def _behind(reading: Reading, found: Found) -> list[Token]:
    """The words behind with which a name may go on."""
    behind, last = list[Token](), found.last
    if reading.possessive(last):
        return []
    for token in found.tokens[found.places[-1] + 1 : found.places[-1] + 1 + FARTHEST]:
        if "-" in reading.between(last, token) or not reading.of_one_name(last, token):
            break
        behind.append(token)
        last = token
    return behind


def _tells(reading: Reading, found: Found, run: list[Token]) -> bool:
    """Whether the capitals behind the name tell something: words in front, or the next behind, would have one too."""
    if run[0].shape == UPPER:
        return False
    at = found.places[-1] + 1 + len(run)
    after = found.tokens[at] if at < len(found.tokens) and reading.close(run[-1], found.tokens[at]) else None
    return (after is not None and is_low(after)) or is_running(reading, found.tokens, found.places[0])


def _namesake(body: BodyName, run: list[Token], tells: bool) -> Token | None:
    """The word that makes the capitals behind the name those of what is but called after the body."""
    for at, token in enumerate(run[:3]):
        if token.folded in (INDEPENDENT if at else _FUNDED) and (tells or token.folded not in ALSO_NOUNS):
            return token
    company = len(body.folded) == 1 or not (body.generic or BODIES & set(body.folded) - {"bank"})
    return run[0] if tells and company and run[0].folded in THINGS else None


def _part(body: BodyName, behind: list[Token]) -> Token | None:
    """What a society is of, or for, besides: Royal Society of Chemistry, Royal Society for the Protection of Birds."""
    joint, *rest = behind
    article = bool(rest) and rest[0].folded == "the"
    rest = rest[1:] if article else rest
    if not rest or not rest[0].capital or body.folded[-1] not in OPEN_KINDS or (joint.folded == "for" and not article):
        return None
    word = rest[0].folded
    return rest[0] if body.lexicon.is_common(word) and word not in _QUALIFYING else None
