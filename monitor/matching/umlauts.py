"""Words with their umlauts written out: Schroeder for Schröder."""

import unicodedata

from monitor.matching.folding import fold
from monitor.matching.words import words_of

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


def transcriptions(text: str) -> dict[str, str]:
    """The folded words of a term that have umlauts, and the same with these written out: schroder, schroeder."""
    text = unicodedata.normalize("NFC", text)
    found = {word.folded: text[word.start : word.end].casefold().translate(_UMLAUTS) for word in words_of(text)}
    return {word: other for word, raw in found.items() if (other := fold(raw).replace("'", "")) != word}
