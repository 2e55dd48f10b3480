"""No line of an email ends inside a telephone number, an hour or a day of the month."""

import re

from partnership.outbox.channels.layout import sender_of, text_and_html
from partnership.outbox.kinds import Words
from partnership.tests.cast import Cast

SENTENCE = "Vi ses mandag den 1. februar 2027 kl. 19.00. Ring til 12 34 56 78, hvis noget er galt."


def test_numbers_stay_whole_in_sentences_and_facts_and_codes_can_be_copied(cast: Cast) -> None:
    words = Words(subject="Foredrag", paragraphs=[SENTENCE] * 3, facts=[("Hvornår", "1. februar"), ("Kode", "123 456")])
    for part in text_and_html(sender_of(cast.randers), "da", words, "Karen", ""):
        assert not re.search(r"\d\.\s(?<!\u00a0)februar|kl\.\s(?<!\u00a0)\d|12\s(?<!\u00a0)34", part)
        assert "123 456" in part


def test_the_text_of_an_email_has_no_line_that_ends_inside_the_number_to_call(cast: Cast) -> None:
    text, _html = text_and_html(sender_of(cast.randers), "da", Words("Foredrag", [SENTENCE * 4]), "", "")
    assert not re.search(r"\d\n\d|kl\.\n", text)
