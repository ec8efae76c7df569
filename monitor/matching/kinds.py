"""Kinds of sought words: how a word of a text may differ from one."""

(
    EXACT,
    FORMS,
    WORD,
    NAME,
    KNOWN_FIRST,
    FIRST,
    PREFIX,
    LOOSE_1,
    LOOSE_2,
    LOOSE,
    BODY,
    ACRONYM,
    PLACE,
    JOINT,
    INNER,
    INITIALS,
) = range(16)
"""EXACT: as written. FORMS: in any form. WORD: in any form and with typos.
NAME: a name, with typos. KNOWN_FIRST: a first name or its nicknames. FIRST: the same, its other spellings, and typos.
What a query asks for: PREFIX: words that begin so. LOOSE_1, LOOSE_2: any words within one edit, or two. LOOSE: all but
known words within as many as its length allows.
Words of an organization's name: BODY: the last one, as spelled on either side of the ocean. INNER: another one, in
singular or plural. JOINT: a preposition, for which another may stand. ACRONYM: all of it, in capitals.
PLACE: a word of a place's name. INITIALS: initials written as one word, or the first of them, with a capital."""

MISSPELLED = frozenset({WORD, NAME, FIRST, BODY, INNER, PLACE})
"""Those that are found with typos."""
OPEN = frozenset({PREFIX, LOOSE, LOOSE_1, LOOSE_2})
"""Those of which a query leaves open how they go on, or are spelled."""
JOINTS = frozenset({"of", "for", "on"})
"""Words of the kind JOINT."""
