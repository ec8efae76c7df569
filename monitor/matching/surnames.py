"""Surnames alone, which are evidence once the full name stood in the article."""

from bisect import bisect_left
from collections.abc import Sequence

from monitor.matching.dossier import Dossier
from monitor.matching.mentions import Mention, Verdict
from monitor.matching.people import Person
from monitor.matching.terms import MOST_TRIED, Term


def with_surnames(terms: Sequence[Term], mentions: list[Mention], dossier: Dossier, most: int) -> list[Mention]:
    """The mentions of persons by their full names, and of the surnames alone; at most `most`, or those given.

    A surname is left out where it is that of another who bears it.
    """
    found = list(mentions)
    for term in terms:
        judge = term.seeker
        if not isinstance(judge, Person) or judge.straight is None:
            continue
        if len(terms) == 1 and _stand_in_full(term, mentions, dossier):
            continue
        bearers = _bearers(dossier.verdicts(term))
        for at, reading in enumerate(dossier.readings):
            taken = sorted((one.start, one.end) for one in mentions if one.field == reading.field)
            for chunk in dossier.places(at, term.key)[:MOST_TRIED]:
                if len(found) >= most:
                    return found
                found += [o for o in judge.surname(reading, chunk) if not _taken(o, taken) and _is_ours(o, bearers)]
    return found


def _stand_in_full(term: Term, mentions: list[Mention], dossier: Dossier) -> bool:
    """Whether the surname stands nowhere but in full names that count, as in most articles."""
    places = sum(len(dossier.places(at, term.key)) for at in range(len(dossier.readings)))
    return places == len({(one.field, one.start) for one in mentions})


def _bearers(verdicts: list[Verdict]) -> dict[str, list[tuple[int, bool]]]:
    """For each field, where full names with the surname stand, and whether they are ours."""
    bearers: dict[str, list[tuple[int, bool]]] = {"title": [], "text": []}
    for one in verdicts:
        if isinstance(one, Mention) or one.standing == "another":
            bearers[one.field].append((one.start, isinstance(one, Mention)))
    return {field: sorted(places) for field, places in bearers.items()}


def _is_ours(surname: Mention, bearers: dict[str, list[tuple[int, bool]]]) -> bool:
    """Whether the last full name in front of a bare surname is ours; with none in front, whether all are."""
    places = bearers[surname.field]
    at = bisect_left(places, (surname.start, False))
    if at:
        return places[at - 1][1]
    return all(ours for field in bearers.values() for _, ours in field)


def _taken(surname: Mention, spans: list[tuple[int, int]]) -> bool:
    """Whether a surname is a part of a mention that counts already; the spans are in order."""
    at = bisect_left(spans, (surname.end, 0))
    return at > 0 and spans[at - 1][1] > surname.start
