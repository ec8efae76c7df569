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
