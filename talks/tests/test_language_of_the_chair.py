"""Staff see in which language a chair reads, before they write a reason."""

import pytest

from partnership.outbox.queue.final_check import final_check
from partnership.people.models import User
from partnership.tests.cast import Cast, visit
from talks.tests.bookings import confirmed, mail, requested

READS = {"en": "Læser engelsk: Skriv det", "da": ""}


@pytest.mark.parametrize("language", READS)
def test_the_page_of_a_request_says_so_where_it_is_another_one(cast: Cast, language: str) -> None:
    cast.ruth.language = language
    cast.ruth.save(update_fields=["language"])
    booking = requested(cast)
    page = visit(cast.karen).get(f"/da/staff/talks/{booking.pk}/").content.decode()
    assert ("Læser " in page) == bool(READS[language])
    assert READS[language] in page


@pytest.mark.parametrize(("language", "is_said"), [("da", False), ("sv", True)])
def test_speaker_and_staff_read_which_language_the_chair_has_chosen(cast: Cast, language: str, is_said: bool) -> None:
    booking = confirmed(cast)
    User.objects.filter(pk=cast.ruth.pk).update(language=language)
    User.objects.filter(pk__in=[cast.sven.pk, cast.karen.pk]).update(language="en")
    said = "Reads Swedish" if is_said else "Reads"
    pages = {f"/en/talks/bookings/{booking.pk}/": cast.sven, f"/en/staff/talks/{booking.pk}/call/": cast.karen}
    for page, who in pages.items():
        assert (said in visit(who).get(page).content.decode()) == is_said, page
    (told,) = mail("confirmed", User.objects.get(pk=cast.sven.pk))
    words = final_check(told, told.due_at).words
    assert words
    assert (("Language of the contact", "Reads Swedish") in words.facts) == is_said
