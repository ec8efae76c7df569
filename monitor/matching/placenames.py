"""A place as a topic names it, and the tables that tell of others."""

from dataclasses import dataclass

from monitor.matching.geography import Geography
from monitor.matching.lexicon import Lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceName:
    """A place's folded name and the regions that the topic names for it, as written."""

    name: str
    region: tuple[str, ...]
    lexicon: Lexicon
    geography: Geography

    @property
    def own(self) -> frozenset[str]:
        """The codes of the topic's regions."""
        return self.geography.codes_of(self.region)


def is_word(place: PlaceName) -> bool:
    """Whether a place is called as a common word is, with which longer names end: the Federal Reserve."""
    return " " not in place.name and place.lexicon.is_common(place.name)
