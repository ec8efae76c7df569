"""Signs behind a word that are part of it."""

import pytest

from monitor.records import Refusal
from tests.monitor.matching.verdicts import spans, topic, verdict


@pytest.mark.parametrize(
    ("fields", "text", "evidence"),
    [
        ({"query": r"C\+\+"}, "They wrote it in C and sold it.", ""),
        ({"query": r"C\+\+"}, "They wrote it in C++ and sold it.", "C++"),
        ({"query": '"C++"'}, "They wrote it in C++.", "C++"),
        ({"query": r"Lumen\+"}, "Shows of Lumen sell.", ""),
        ({"phrases": ("C#",)}, "They wrote it in C++.", ""),
        ({"phrases": ("C#",)}, "They wrote it in C#, not in Java.", "C#"),
        ({"phrases": ("C++ developer",)}, "Two C developers came.", ""),
        ({"phrases": ("C++ developer",)}, "Two C++ developers came.", "C++ developers"),
        ({"phrases": ("C++",)}, "They wrote it in C++17.", "C++"),
        ({"organization": "Lumen+"}, "Shows of Lumen sell.", ""),
        ({"organization": "Lumen+"}, "Shows of Lumen+ sell.", "Lumen+"),
        ({"phrases": ("Lumen series",), "also": ("Lumen+",)}, "Shows of Lumen sell.", ""),
        ({"phrases": ("Lumen series",), "also": ("Lumen+",)}, "Lumen\uff0b sells.", "Lumen\uff0b"),
        ({"phrases": ("LGBTQ+ rights",)}, "They speak of LGBTQ rights.", "LGBTQ rights"),
        ({"phrases": ("LGBTQ+ rights",)}, "They speak of LGBTQ+ rights.", "LGBTQ+ rights"),
        ({"phrases": ("Hurrah!",)}, "Shares of Hurrah fell.", "Hurrah"),
        ({"organization": "R&D"}, "R&D grew.", "R&D"),
    ],
)
def test_a_plus_or_a_hash_behind_a_word_is_part_of_it(fields: dict[str, object], text: str, evidence: str) -> None:
    assert [found for found, _ in spans(topic(**fields), text)] == ([evidence] if evidence else [])


def test_the_sign_that_is_missing_is_told() -> None:
    refused = verdict(topic(phrases=("C++",)), "They wrote it in C.")
    assert isinstance(refused, Refusal)
    assert refused.reason == "without the ++ of C++"
