"""Whether a capital tells something: in running text it makes a name, in a headline most words have one."""

from monitor.matching.reading import END, Reading, Token
from monitor.matching.wordlists import words

LOW_IN_TITLES = words(
    """a an the and or but nor for of in on at to by as if so yet up off out via vs per with from over into onto upon
    amid after than that about under through against between before during until while without within toward towards
    among across along around behind beyond"""
)
"""Words that a headline may leave without a capital."""


def is_running(reading: Reading, tokens: list[Token], at: int) -> bool:
    """Whether the words in front of one are of running text: an article right before the capitals, or one that is low.

    Only those of the same sentence count: the first word of a sentence has a capital anyway.
    """
    named = True
    while at and reading.joint(tokens[at - 1], tokens[at]) != END:
        at -= 1
        if tokens[at].capital:
            continue
        if (named and tokens[at].folded in ("the", "a", "an")) or is_low(tokens[at]):
            return True
        named = False
    return False


def is_low(token: Token) -> bool:
    """Whether a word has no capital and would have one in a headline."""
    return not token.capital and token.folded.isalpha() and token.folded not in LOW_IN_TITLES
