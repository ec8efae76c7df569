"""Whether an organization's name in a text is but a part of a longer one, or tells whose body it is.

Royal Bank of Scotland is not the Bank of Scotland; the Stockton Police Department is one Police Department.
"""

from monitor.matching.bodyends import goes_on, owner_behind
from monitor.matching.bodyfronts import is_begun_before, owner_before
from monitor.matching.bodynames import BodyName
from monitor.matching.reading import Reading
from monitor.matching.scoring import WHOSE
from monitor.matching.sequences import Found


def longer_body(body: BodyName, reading: Reading, found: Found) -> str:
    """The longer name of another body that this one is but a part of, as written; or nothing."""
    if is_begun_before(body, reading, found):
        return reading.written(found.tokens[found.places[0] - 1], found.last)
    end = goes_on(body, reading, found)
    return reading.written(found.first, end) if end else ""


def whose(body: BodyName, reading: Reading, found: Found) -> tuple[float, str]:
    """What it costs that the text tells whose body it is, and the remark."""
    owner = owner_before(body, reading, found) or owner_behind(body, reading, found)
    return (WHOSE, f"that of {owner}") if owner else (0, "")
