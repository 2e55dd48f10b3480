"""A line does not end inside a number."""

import pytest

from partnership.fields.unbroken import keep_numbers_whole, with_whole_spans


@pytest.mark.parametrize(
    "sentence",
    [
        "Ring til Karen på ~89 15 00 00~, hvis noget er galt.",
        "Foredraget er torsdag den ~1. februar~ 2027 ~kl. 19.00~. Vi glæder os.",
        "Föredraget är torsdagen den ~1 februari~ 2027 ~kl. 19.00~.",
        "The talk is on Thursday ~21 January~ 2027 at 19:00. Call ~+45 89 15 00 00~ or ~114 14~.",
        "Det er ~40 %~ af hjemmene. I 2025 var der 12 indbrud.",
        "Vi ses den 1. Husk kaffe.",
        "Koden er 123 456. Ring på ~070-174 06 15~.",
    ],
)
def test_a_line_ends_between_words_and_not_inside_a_number(sentence: str) -> None:
    kept = keep_numbers_whole(sentence.replace("~", ""))
    parts = sentence.split("~")
    wanted = "".join(part.replace(" ", "\u00a0") if index % 2 else part for index, part in enumerate(parts))
    assert kept == wanted


def test_hours_with_a_dash_stay_on_one_line_of_a_page() -> None:
    evening = "tirsdag den 1. december 2026 kl. 19.00–20.30, Åse & Bo"
    assert with_whole_spans(evening) == (
        'tirsdag den 1. december 2026 kl. <span class="nowrap">19.00–20.30</span>, Åse &amp; Bo'
    )
    assert with_whole_spans("Åse & Bo") == "Åse & Bo"
