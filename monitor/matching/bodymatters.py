"""Whether the name of a department goes on with other matters: Department of Health and Human Services."""

from monitor.matching.bodynames import BodyName
from monitor.matching.bodywords import KINDS_FIRST, MATTERS, MATTERS_ENDS, OWN_MATTERS
from monitor.matching.reading import Reading, Token
from monitor.matching.sequences import Found
from monitor.matching.wordlists import BODIES, words

FARTHEST = 12
"""Chunks behind a name that are read."""
_MATTERS = MATTERS | OWN_MATTERS | MATTERS_ENDS
_KINDS = BODIES | words("ministry office administration service court congress executive enforcement watch")
_SEVERAL = words("departments ministries agencies committees offices boards")


def has_matter_last(body: BodyName) -> bool:
    """Whether a name ends with what the body is for: Department of Health, but not Health Department."""
    return body.folded[-1] == "police" or _has_kind_first(body)


def other_matter(body: BodyName, reading: Reading, found: Found) -> Token | None:
    """The last word of the other matters of the same body, where the name goes on with some.

    Behind one department, all that is enumerated is its own where it is nothing but matters (Education, Health and
    Welfare); a single one that large departments are for may be such a department (Justice and Health).
    """
    if not has_matter_last(body) or found.first.folded == body.folded[0] + "s" or not _goes_on(reading, found):
        return None
    behind = reading.around(found.last.chunk, 0, FARTHEST)
    behind = behind[behind.index(found.last) + 1 :]
    matters = _enumerated(reading, found.last, behind)
    if not matters or _are_of_others(reading, matters[-1][-1], behind):
        return None
    own = len(matters) > 1 and _has_kind_first(body)
    return matters[-1][-1] if own or any(word.folded in MATTERS for word in matters[-1]) else None


def _goes_on(reading: Reading, found: Found) -> bool:
    after = found.after
    return after is not None and (after.folded == "and" or reading.between(found.last, after).strip() == ",")


def _has_kind_first(body: BodyName) -> bool:
    return len(body.folded) > 2 and body.folded[0] in KINDS_FIRST


def _enumerated(reading: Reading, last: Token, behind: list[Token]) -> list[list[Token]]:
    """The words of each matter behind a word, the last of them behind `and`; nothing where none is."""
    matters, joined = list[list[Token]](), False
    for token in behind:
        comma = reading.between(last, token).strip() == ","
        if reading.possessive(last) or not (comma or reading.close(last, token)) or (joined and comma):
            break
        if token.folded == "and" and not joined:
            joined = True
            matters.append([])
        elif not token.capital or token.folded not in _MATTERS or not (comma or matters):
            break
        elif comma:
            matters.append([token])
        else:
            matters[-1].append(token)
        last = token
    return matters if joined and all(matters) else []


def _are_of_others(reading: Reading, last: Token, behind: list[Token]) -> bool:
    """Whether a kind of body stands behind the last matter: Department of Justice and Education Department."""
    for at, token in enumerate(behind[behind.index(last) + 1 :][:3]):
        if reading.possessive(last) or not reading.close(last, token):
            return False
        if (token.capital and token.folded in _KINDS) or (at == 0 and token.folded in _SEVERAL):
            return True
        last = token
    return False
