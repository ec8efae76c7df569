"""The language of a page."""

import pytest

from monitor.extraction.language import guess, language
from monitor.extraction.page import Page


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The council of the city voted in favor of the plan that was first made for this bridge.", "en"),
        ("Der Rat der Stadt hat für den Plan gestimmt, der auch eine neue Brücke mit sich bringt.", "de"),
        ("Le conseil de la ville a voté pour le plan qui est dans les mains des élus, avec une majorité.", "fr"),
        ("El concejo de la ciudad votó por el plan que fue presentado por los vecinos para este puente.", "es"),
        ("市議会は火曜日に橋を広げることを決めた。", "ja"),
        ("시의회는 화요일에 다리를 넓히기로 했다.", "ko"),
        ("Городской совет проголосовал за расширение моста.", "ru"),
        ("Lorem Harborton Stockton 2026", ""),
        ("", ""),
    ],
)
def test_common_words_and_scripts_tell_a_language(text: str, wanted: str) -> None:
    assert guess(text) == wanted


@pytest.mark.parametrize(
    ("opening", "wanted"),
    [('<html lang="pt-BR">', "pt"), ('<html lang="nb">', "no"), ('<html lang="und">', "en"), ("<html>", "en")],
)
def test_what_the_page_says_comes_first(opening: str, wanted: str) -> None:
    page = Page(f"{opening}<body><p>The council of the city</p></body></html>".encode(), "")
    assert language(page, "The council of the city voted for the plan that was made.") == wanted
