"""Whether the page of a known article shows another text now, and what that is: a revision, or the loss of the text."""

from collections.abc import Collection

from monitor.records import Article, Change, Revision, RevisionKind
from monitor.revising import corrections
from monitor.revising.changes import changes
from monitor.revising.words import sentences, story, words

CUT = 0.5
"""A text that is the beginning of the one before, and shorter than this share of it, is a teaser."""
LOST = 0.8
"""Where a wall stands on the page, a text shorter than this share of the one before is not whole."""
_TELLING = 6
"""Words from which on a sentence tells one story from another."""


def compare(
    before: Article, after: Article, *, moved: bool = False, furniture: Collection[tuple[str, ...]] = ()
) -> Revision | None:
    """What `after` is to `before`; `None` where it is the same text.

    Two texts are the same when their words are, and those of their titles: commas, quotes, case, white space, stamps
    ("Updated 14:05") and lines that are headlines of `furniture` make no difference. A page that has no story any more
    is `withdrawn`, and so is one that has `moved` to another address and shows another story; a teaser in place of the
    text is `partial`, and so is an address that still answers, with nothing to read.
    """
    if not after.body and (not after.partial or (moved and after.partial == "no text")):
        return Revision(kind="withdrawn", note="its page shows no story any more")
    old, new = words(story(before.body, furniture)), words(story(after.body, furniture))
    if after.partial and not before.partial and len(new) < LOST * len(old):
        return Revision(kind="partial", note=after.partial)
    same_title = words(before.title) == words(after.title) or not after.title
    if old == new and same_title:
        return None
    if not before.partial and _is_cut(before.body, after.body, old, new):
        return Revision(kind="partial", note="its page shows only the beginning")
    if moved and not same_title and _is_another(before.body, after.body):
        return Revision(kind="withdrawn", note="its address leads to another story")
    made = changes(before.body, after.body)
    note = _correction(before, after, made)
    kind: RevisionKind = "correction" if note else "headline" if old == new else "text"
    return Revision(kind=kind, title=after.title or before.title, body=after.body, changes=made, note=note)


def _correction(before: Article, after: Article, made: tuple[Change, ...]) -> str:
    """The correction note that came in: not one that stood there, if only with another comma."""
    known = {tuple(words(sentence)) for sentence in sentences(before.body)}
    new = ("".join(s for s in sentences(change.new) if tuple(words(s)) not in known) for change in made)
    return next(filter(None, map(corrections.note, (*new, after.title if after.title != before.title else ""))), "")


def _is_cut(before: str, after: str, old: list[str], new: list[str]) -> bool:
    if not new or len(new) >= CUT * len(old):
        return False
    kept = 0
    for mine, theirs in zip(sentences(after), sentences(before), strict=False):
        if words(mine) != words(theirs):
            break
        kept += len(words(mine))
    return kept >= 0.6 * len(new)


def _is_another(before: str, after: str) -> bool:
    old = {tuple(words(sentence)) for sentence in sentences(before)}
    new = {tuple(words(sentence)) for sentence in sentences(after)}
    return not any(len(sentence) >= _TELLING for sentence in old & new)
