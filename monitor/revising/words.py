"""Texts as they are compared: their words alone, without what changes on a page while the story stays the same."""

import hashlib
import re
import unicodedata
from collections.abc import Collection
from itertools import pairwise

_WORD = re.compile(r"[^\W_]+|[$€£¥₹%‰°]")
_GROUPS = re.compile(r"(?<=\d)[.,'’\u00a0\u202f](?=\d{3}(?!\d))")
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’»')\]]*+\s+|(?<![。\uff01\uff1f])[。\uff01\uff1f]++[」』”]*+\s*|\n\s*")
_SHORT = 110
"""Characters up to which a line can be a stamp or a label of the page."""
_STAMP = re.compile(
    r"^\W*(?:"
    # when it was published or updated, by the page's own word
    r"(?:(?:first |last |originally )?(?:published|posted|updated|modified|edited)|(?:last )?update|"
    r"aktualisiert|veröffentlicht|zuletzt (?:aktualisiert|geändert)|stand|mis(?:e)? à jour|publié|modifié|"
    r"actualizado|publicado|última actualización|atualizado|pubblicato|aggiornato|ultimo aggiornamento|"
    r"bijgewerkt|gepubliceerd|laatste update|oppdatert|publisert|opdateret|publiceret|uppdaterad|publicerad|"
    r"päivitetty|julkaistu|zaktualizowano|opublikowano|aktualizováno|обновлено|опубликовано|更新|公開|发布|업데이트|입력)"
    r"\b[^\n]*\d[^\n]*|"
    # how long ago, how long to read, how many
    r"\d+\s*(?:s|sec|m|min|h|hrs?|d|seconds?|minutes?|hours?|days?|weeks?)\.? ago|just now|"
    r"vor \d+ (?:sekunden?|minuten?|stunden?|tag(?:en)?)|il y a \d+ \w+|hace \d+ \w+|há \d+ \w+|\d+ \w+ fa|"
    r"\d+ \w+ (?:geleden|siden|sedan)|\d+\s*(?:分|時間|日)前|\d+(?:分钟|小时|天)前|"
    r"\d+[- ]?(?:min(?:ute)?s?)\.? (?:read|listen|watch|lesezeit|de lecture|de lectura|leestijd)|lesezeit:? \d+ \w+|"
    r"[\d.,]+\s*k? (?:comments?|shares?|views?|likes?|reads?|kommentare?|commentaires?|comentarios?|reacties)|"
    # what stands between
    r"advertisement|advertising|anzeige|werbung|publicité|publicidad|publicidade|pubblicità|advertentie|annonse?|"
    r"reklama|реклама|広告|share(?: this)?(?: article| story)?|teilen|partager|compartir|"
    r"loading\b[^\n]*|print|comments?|read more|follow us[^\n]*"
    r")\W*$",
    re.IGNORECASE,
)


def words(text: str) -> list[str]:
    """The words of `text`, case, punctuation, quotes and white space aside; signs of money and per cent are words."""
    folded = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).casefold()
    return _WORD.findall(_GROUPS.sub("", folded))


def story(body: str, furniture: Collection[tuple[str, ...]] = ()) -> str:
    """The lines of `body` that are the story's: no stamps, no labels, none that is a headline of `furniture`
    (as `headline` gives it)."""
    return "\n".join(line for line in body.splitlines() if not _is_furniture(line, furniture))


def headline(title: str) -> tuple[str, ...]:
    """A headline as `story` looks for it."""
    return tuple(words(title))


def words_hash(title: str, body: str) -> int:
    """A signed 64-bit hash of the words of a title and of the story's lines: equal for texts that count as the same."""
    joined = " ".join(words(title)) + "\n" + " ".join(words(story(body)))
    return _hash(joined.encode())


def page_hash(page: bytes) -> int:
    """A signed 64-bit hash of the bytes of a page; never 0, which stands for none."""
    return _hash(page) or 1


def sentences(text: str) -> list[str]:
    """`text` in its sentences, each with the white space after it: joined they are the text again."""
    ends = [0, *(found.end() for found in _END.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(ends) if start < end]


def _is_furniture(line: str, furniture: Collection[tuple[str, ...]]) -> bool:
    if len(line) > 2 * _SHORT:
        return False
    return bool(len(line) <= _SHORT and _STAMP.match(line)) or bool(furniture and tuple(words(line)) in furniture)


def _hash(data: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big", signed=True)
