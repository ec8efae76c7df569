"""Which terms may stand where: those whose anchor does, while their other words stand near."""

from collections.abc import Mapping

from monitor.matching.chunks import Mark
from monitor.matching.terms import NEAR, Term


def calls(sought: Mapping[int, Mark]) -> list[tuple[int, Term]]:
    """Places and the terms to be judged there, from the marks of the places in order."""
    found: list[tuple[int, Term]] = []
    places, marks = list(sought), list(sought.values())
    last = len(marks)
    for here, mark in enumerate(marks):
        if mark.alone:
            found += [(places[here], term) for anchor in mark.anchors for term in anchor.alone]
        partners = mark.partners
        if partners:
            at, first, behind = places[here], here, here + 1
            while first and at - places[first - 1] <= NEAR:
                first -= 1
            while behind < last and places[behind] - at <= NEAR:
                behind += 1
            for other in marks[first:behind]:
                if not partners.isdisjoint(other.numbers):
                    found += [(at, term) for term in _complete(mark, marks[first:behind])]
                    break
    return found


def _complete(mark: Mark, beside: list[Mark]) -> list[Term]:
    """The terms that a mark calls and whose other words stand beside it."""
    near = frozenset().union(*[other.numbers for other in beside])
    return [
        term
        for anchor in mark.anchors
        for partner in near & anchor.partners
        for term in anchor.paired[partner]
        if near.issuperset(term.beside)
    ]
