"""What people write instead of a matcher: a loop of rapidfuzz scores, and exact search for many words at once."""

from collections.abc import Callable

from monitor.records import Topic

Peer = Callable[[str], dict[int, tuple[int, int]]]
"""Takes a text; gives where it found each topic, by the topic's number."""


def partial_ratio_loop(topics: list[Topic], least: float = 90) -> Peer:
    """Every term against the whole text, one after the other."""
    from rapidfuzz import fuzz

    terms = [topic.name.lower() for topic in topics]

    def find(text: str) -> dict[int, tuple[int, int]]:
        lower, found = text.lower(), {}
        for number, term in enumerate(terms):
            if fuzz.partial_ratio(term, lower, score_cutoff=least) >= least:
                found[number] = (0, len(text))
        return found

    return find


def exact_search(topics: list[Topic]) -> Peer:
    """Aho-Corasick over the lower-cased text, taking whole words only."""
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for number, topic in enumerate(topics):
        automaton.add_word(topic.name.lower(), (number, len(topic.name)))
    automaton.make_automaton()

    def find(text: str) -> dict[int, tuple[int, int]]:
        lower, found = text.lower(), {}
        for last, (number, length) in automaton.iter(lower):
            start, end = last - length + 1, last + 1
            if not (start and lower[start - 1].isalnum()) and not (end < len(lower) and lower[end].isalnum()):
                found[number] = (start, end)
        return found

    return find
