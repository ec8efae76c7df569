"""One field of an article as the judges read it: chunks, words with offsets into the text, and what stands between."""

import re
from functools import cached_property
from typing import NamedTuple

from monitor.matching.lineends import rejoin
from monitor.matching.offsets import Offsets
from monitor.matching.unspaced import spread
from monitor.matching.vocabulary import Found, Hit, Vocabulary
from monitor.matching.wordlists import ABBREVIATIONS
from monitor.matching.words import INITIAL, LOWER, UPPER, part
from monitor.records import Field

CLOSE, BREAK, END = range(3)
"""What stands between two words: at most a space, hyphen or quote; other punctuation; the end of a sentence."""

_PIECES = re.compile(r"(?:[^\W_]|['’.](?=[^\W_]))+[^\w\s]{0,8}|[^\w\s]{1,64}|_+")
_OVERLONG = 100
_STOP = re.compile(r"[.!?…。！？।॥؟۔։።]")  # noqa: RUF001
_BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n|[-*•‣◦▪–—][^\S\n])|[\u2029]")
"""A new paragraph, or a new item of a list."""
_PARTING = re.compile(r"/|(?<=\s)\u2013(?=\s)")
_PUNCTUATION = re.compile(r"[,;:،؛、()\[\]{}|—―•·…<>=+]|--")


class Token(NamedTuple):
    """A word of a field: `text[start:end]` is the word as written."""

    start: int
    end: int
    folded: str
    shape: int
    hits: tuple[Hit, ...]
    chunk: int

    def hit(self, number: int) -> Hit | None:
        """How this word stands for a sought word, if it does."""
        for hit in self.hits:
            if hit.id == number:
                return hit
        return None

    @property
    def capital(self) -> bool:
        """Whether it may be (part of) a name: it has a capital, or its script knows none."""
        return self.shape != LOWER


class Reading:
    """A field of an article, read lazily: only around the places where something sought stands."""

    def __init__(self, field: Field, text: str, vocabulary: Vocabulary) -> None:
        self.field = field
        self.text = text
        self._parted = rejoin(part(text), vocabulary)
        self.chunks = self._parted.split()
        self._vocabulary = vocabulary
        self._tokens: dict[int, tuple[Token, ...]] = {}
        self.split = False
        """Whether chunks that no line would hold were cut into pieces."""

    def split_long(self) -> None:
        """Cut chunks that no line would hold into pieces, so that what is done around one place stays small."""
        self.split = True
        self.chunks = [piece for chunk in self.chunks for piece in _pieces(chunk)]

    @cached_property
    def _offsets(self) -> Offsets:
        return Offsets(self._parted, self.chunks, pieces=self.split)

    @cached_property
    def spread(self) -> tuple[str, list[int]]:
        """The text folded without white space, and where its characters come from."""
        return spread(self.text)

    def words(self, chunk: int) -> tuple[Found, ...]:
        """The words of one chunk with offsets into the chunk: where it stands in the text is not found out."""
        return self._vocabulary.cut(self.chunks[chunk])

    def tokens(self, chunk: int) -> tuple[Token, ...]:
        """The words of one chunk."""
        tokens = self._tokens.get(chunk)
        return self._read(chunk, self._offsets[chunk]) if tokens is None else tokens

    def _read(self, chunk: int, at: int) -> tuple[Token, ...]:
        """The words of a chunk that starts at a place of the text; remembered."""
        tokens = self._tokens[chunk] = tuple([
            tuple.__new__(Token, (at + start, at + end, folded, shape, hits, chunk))
            for start, end, folded, shape, hits in self._vocabulary.cut(self.chunks[chunk])
        ])  # fmt: skip
        return tokens

    def around(self, chunk: int, before: int, after: int) -> list[Token]:
        """The words of the chunks from `before` in front of one to `after` behind it."""
        first, last = max(0, chunk - before), min(len(self.chunks), chunk + after + 1)
        known, read, found = self._tokens.get, self._read, list[Token]()
        for at, start in enumerate(self._offsets.around(chunk, first, last), first):
            found += known(at) or read(at, start)
        return found

    def standing(self, chunk: int, reach: int, word: int) -> tuple[list[Token], list[int]]:
        """The words up to `reach` chunks around one, and the places among them in that chunk where `word` stands."""
        tokens = self.around(chunk, reach, reach)
        return tokens, [at for at, token in enumerate(tokens) if token.chunk == chunk and token.hit(word)]

    def between(self, first: Token, second: Token) -> str:
        """The text between two words, without a possessive ending."""
        gap = self.text[first.end : second.start]
        return gap[2:] if gap[:1] in "'’" and gap[1:2] in ("s", "S") else gap

    def possessive(self, token: Token) -> bool:
        """Whether a word has a possessive ending."""
        return self.text[token.end : token.end + 1] in ("'", "’") and bool(
            self.text[token.end + 1 : token.end + 2].lower() in ("s", "") or token.folded.endswith("s")
        )

    def joint(self, first: Token, second: Token) -> int:
        """CLOSE, BREAK or END: what stands between two neighbouring words."""
        gap = self.between(first, second)
        if gap in (" ", "-", "\n"):
            return CLOSE
        if _BLANK_LINE.search(gap):
            return END
        if _STOP.search(gap):
            return self._stop(first, gap)
        return BREAK if _PUNCTUATION.search(gap) else CLOSE

    def close(self, first: Token, second: Token) -> bool:
        """Whether at most a space, hyphen or quote stands between two neighbouring words."""
        return self.joint(first, second) == CLOSE

    def of_one_name(self, first: Token, second: Token) -> bool:
        """Whether two neighbouring words may be parts of one name: close, and no slash or dash between them."""
        return self.close(first, second) and not _PARTING.search(self.between(first, second))

    def _stop(self, first: Token, gap: str) -> int:
        if gap.startswith((".,", ".;", ".:")):
            return BREAK
        if gap.startswith(".") and (
            first.shape == INITIAL or first.folded in ABBREVIATIONS or "." in self.text[first.start : first.end]
        ):
            return BREAK if _PUNCTUATION.search(gap) else CLOSE
        return END

    def starts_sentence(self, tokens: list[Token], at: int) -> bool:
        """Whether a word is the first of its sentence (or of the text)."""
        if at == 0:
            return tokens[0].chunk == 0 or self.joint(self.tokens_before(tokens[0]), tokens[0]) == END
        return self.joint(tokens[at - 1], tokens[at]) == END

    def tokens_before(self, token: Token) -> Token:
        """The word before one; the word itself at the start of the text."""
        mine = self.tokens(token.chunk)
        at = mine.index(token)
        if at:
            return mine[at - 1]
        for chunk in range(token.chunk - 1, max(-1, token.chunk - 5), -1):
            if self.tokens(chunk):
                return self.tokens(chunk)[-1]
        return token

    def written(self, first: Token, last: Token) -> str:
        """The text from one word to another."""
        return self.text[first.start : last.end]


def parts(between: str) -> bool:
    """Whether what stands between two words holds punctuation that parts them."""
    return bool(_STOP.search(between) or _PUNCTUATION.search(between))


def _pieces(chunk: str) -> list[str]:
    return [chunk] if len(chunk) <= _OVERLONG else [match[0] for match in _PIECES.finditer(chunk)]


def is_initial(token: Token) -> bool:
    """E, E. or E.T."""
    return token.shape == INITIAL or (token.shape == UPPER and len(token.folded) <= 2)
