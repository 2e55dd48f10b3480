"""Nobody is told that somebody can be called whose number we do not know; the speaker gets ours in its place."""

import pytest
from django.utils import translation

from partnership.outbox.queue.final_check import final_check
from partnership.people.models import User
from partnership.people.tests.test_organisations import deputise
from partnership.tests.cast import NOW, Cast, visit
from talks.forms.changes import AcceptForm
from talks.messages import posting_wishes
from talks.tests.bookings import confirmed, mail


@pytest.mark.parametrize(("phone", "said"), [("20112233", "the speaker calls you"), ("", "no number to call you on")])
def test_a_new_deputy_reads_of_calls_only_with_a_number(cast: Cast, phone: str, said: str) -> None:
    deputise(cast.association, cast.frede)
    User.objects.filter(pk=cast.frede.pk).update(phone=phone, language="en")
    cast.frede.refresh_from_db()
    posting_wishes.tell_about_deputy(cast.association, "deputy_named", cast.frede, NOW)
    with translation.override("en"):
        words = final_check(mail("deputy_named", cast.frede)[0], NOW).words
    assert words is not None
    assert said in " ".join(words.paragraphs)


@pytest.mark.parametrize("phone", ["20112233", ""])
def test_a_speaker_has_our_number_where_the_chair_has_none(cast: Cast, phone: str) -> None:
    talk = confirmed(cast)
    User.objects.filter(pk=cast.ruth.pk).update(phone=phone)
    with translation.override("en"):
        words = final_check(mail("confirmed", cast.sven)[0], NOW).words
    assert words is not None
    assert ("På dagen kan du ringe til" in dict(words.facts)) is (not phone)
    page = visit(cast.sven).get(f"/en/talks/bookings/{talk.pk}/").content.decode()
    assert ("On the day, call" in page) is (not phone)


def test_the_deputy_is_told_that_the_number_may_be_left_out(cast: Cast) -> None:
    with translation.override("en"):
        assert str(AcceptForm()["phone"].help_text).startswith("You may leave this empty.")
