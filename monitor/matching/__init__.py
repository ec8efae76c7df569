"""Matching: which topics of a watchlist an article is about, with evidence and a score, or the reason why not."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from monitor.matching.lexicon import Lexicon
    from monitor.matching.matcher import Matcher

__all__ = ["Lexicon", "Matcher"]

_ROOMS = {"Matcher": "monitor.matching.matcher", "Lexicon": "monitor.matching.lexicon"}


def __getattr__(name: str) -> Any:
    """The matcher and the lexicon, imported when they are first asked for: the rooms beside them are used without."""
    if name not in _ROOMS:
        raise AttributeError(name)
    return getattr(import_module(_ROOMS[name]), name)
