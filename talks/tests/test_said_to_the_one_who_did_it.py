"""Words that depend on who reads them, and when."""

from django.utils import translation

from crispy_dkfds.templatetags.dkfds import mark
from partnership.outbox.queue.final_check import final_check
from partnership.tests.cast import NOW, Cast, visit
from talks.actions.place_facts import change_place_facts
from talks.actions.replacing import end_request
from talks.forms.afterwards import CloseForm
from talks.languages import spoken_by
from talks.tests.bookings import confirmed, mail, requested, unverified
from talks.tests.sent_links import path_of
from talks.tests.test_offers import path


def test_who_changed_the_answers_reads_that_it_was_them(cast: Cast) -> None:
    booking = confirmed(cast)
    change_place_facts(booking=booking, facts={"note": "Bell"}, by=cast.ruth, now=NOW)
    with translation.override("en"):
        first = {who: final_check(mail("changed", who)[0], NOW).words.paragraphs[0] for who in (cast.ruth, cast.sven)}
    assert first[cast.ruth].startswith(("You have changed", "Du har \u00e6ndret"))
    assert first[cast.sven].startswith(("The association has changed", "Foreningen har \u00e6ndret"))


def test_several_languages_are_joined_by_or(cast: Cast) -> None:
    cast.speaker.languages = ["da", "en", "de"]
    with translation.override("en"):
        assert spoken_by(cast.speaker, cast.randers) == "Danish, English or German"


def test_a_link_in_an_email_to_a_mistyped_mailbox_cancels_nothing_that_was_agreed(cast: Cast) -> None:
    booking = unverified(cast)
    link = path(booking, "verify")
    end_request(replaces=booking.submission, partnership=cast.randers, now=NOW)
    page = visit(None).get(link).content.decode()
    assert "Foredraget er aflyst" not in page
    assert "en anden e-mailadresse" in page


def test_who_is_logged_in_is_not_told_to_log_in(cast: Cast) -> None:
    link = path_of(requested(cast), "verify").replace("/da/", "/en/")
    words = "To see your page, log in"
    assert words in visit(None).get(link).content.decode()
    assert words not in visit(cast.ruth).get(link).content.decode()


def test_a_field_that_may_have_to_be_empty_is_not_marked_as_required(cast: Cast) -> None:
    assert mark(CloseForm({"took_place": "no"})["attendance"]) == ""
    page = visit(cast.karen).get("/en/talks/wish/").content.decode()
    assert "(required)" not in page.partition('for="id_place"')[2].partition("</label>")[0]
