"""The score of a mention, 0 to 100: what each liberty that it takes with the term costs.

    score = 100 - the sum of these costs over the mention

A topic's score in an article is that of its best mention. Mentions below the topic's `min_score` (84 unless it says
otherwise) do not count.
"""

from monitor.records import How

WORD_FORM = 2
"""A word in another form: policies for policy."""
TYPO = 6
"""Each edit (a letter missing, added, changed, or two swapped) in a word."""
NICKNAME = 4
"""Mike for Michael."""
GAP = 4
"""Each word between the words of a phrase."""
MIDDLE = 4
"""A middle name more or less than the topic names."""
INITIAL = 10
"""An initial for the first name."""
COUPLE = 10
"""A surname that is shared with the name behind `and`: Eric and Dana Jones."""
INVERTED = 2
"""Jones, Eric."""
UNCAPITALIZED = 20
"""A name in lower case."""
SURNAME = 10
"""The surname alone, once the full name stood."""
CIVIC = 6
"""A body or a part of the place: Stockton City Council, North Stockton."""
WHOSE = 6
"""A name in front of an organization's that tells whose it is: Stockton Police Department."""
CARRIED = 30
"""A name that merely carries the place: Stockton University."""

HOWS: tuple[How, ...] = ("exact", "word_form", "nickname", "typo")
"""How a word of the text stands for a word of the term, the mildest first."""
AS_WRITTEN, AS_FORM, AS_NICKNAME, AS_TYPO = range(len(HOWS))
"""Their places."""
COSTS = (0, WORD_FORM, NICKNAME, TYPO)
