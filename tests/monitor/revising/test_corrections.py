"""What reads as a correction note, and what only looks like one."""

import pytest

from monitor.revising.corrections import note

NOTES = [
    "Correction: The vote was 4 to 1.",
    "CORRECTION — The vote was 4 to 1.",
    "Correction (Nov. 24): The vote was 4 to 1.",
    "Correction, Nov. 24, 2026: The vote was 4 to 1.",
    "* Clarification - It was the county's vote.",
    "Editor’s note: This story was changed.",
    "This story has been corrected to say that the vote was 4 to 1.",
    "An earlier version of this article misstated the vote.",
    "The original headline incorrectly said that the vote was 5 to 0.",
    "Due to an editing error, the vote was misstated.",
    "Korrektur: Es waren vier Stimmen.",
    "Anmerkung der Redaktion: Es waren vier Stimmen.",
    "In einer früheren Version dieses Artikels hieß es, es seien fünf Stimmen gewesen.",
    "Rectificatif : le vote était de 4 contre 1.",
    "Une version précédente de cet article indiquait cinq voix.",
    "Cet article a été corrigé le 24 novembre.",
    "Fe de errores: el voto fue de 4 a 1.",
    "Una versión anterior de este artículo decía cinco votos.",
    "Errata: o voto foi de 4 a 1.",
    "Rettifica: il voto era di 4 a 1.",
    "Rectificatie: het waren vier stemmen.",
    "Rättelse: Det var fyra röster.",
    "Oikaisu: Ääniä oli neljä.",
    "Sprostowanie: było cztery głosy.",
    "Исправление: голосов было четыре.",
    "訂正\uff1a票は4対1でした。",
    "【訂正】票は4対1でした。",
    "更正\uff1a投票结果为4比1。",
]


@pytest.mark.parametrize("text", NOTES)
def test_a_note_is_found_within_a_text(text: str) -> None:
    assert note(f"The council met.\n{text}\nIt will meet again.") == text.replace("’", "'")


OTHERS = [
    "Correction officers said that the jail was full.",
    "The Department of Corrections: a history",
    "Corrections Corporation of America: the company that runs it",
    "A previous version was better, fans of the game said.",
    "The clarification was sent on Monday.",
    "The market saw a correction: prices fell.",
    "Oprava silnice začne v pondělí, řekl starosta.",
    "He read the editor's note aloud.",
    "The story was updated on Monday.",
]


@pytest.mark.parametrize("text", OTHERS)
def test_what_only_speaks_of_one_is_none(text: str) -> None:
    assert note(f"The council met.\n{text}\nIt will meet again.") == ""


def test_a_label_alone_on_its_line_takes_the_next_line_along() -> None:
    assert note("Correction\n\nThe vote was 4 to 1.\nMore.") == "Correction The vote was 4 to 1."
