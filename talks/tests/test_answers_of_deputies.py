"""Whoever is asked to be the deputy, becomes it or ceases to be it hears of it, and so does the chair."""

import pytest

from partnership.outbox.kinds import kind
from partnership.people.actions.erasing import erase
from partnership.people.models import User
from partnership.tests.cast import NOW, Cast, visit
from talks.actions import deputies
from talks.models import DeputyInvitation
from talks.tests.bookings import mail
from talks.tests.test_access import at
from talks.tests.test_deputies import asks, deputy, mails, own_page, path_in
from talks.tests.test_strangers_mail import as_sent

pytestmark = pytest.mark.django_db


def says(cast: Cast, answer: str, who: User | None = None) -> str:
    """Let the chair ask somebody, and them answer; return the page that they read."""
    asks(cast, (who or cast.frede).email)
    return visit(None).post(path_in(mails()[-1]), {"answer": answer}).content.decode()


def read(name: str, to: User) -> str:
    (message,) = mail(name, to)
    return as_sent(message)


def test_who_says_yes_and_the_chair_are_told(cast: Cast) -> None:
    says(cast, "yes")
    assert "Du er nu stedfortræder for Vorup Grundejerforening" in read("deputy_named", cast.frede)
    assert "Frede har sagt ja" in read("deputy_accepted", cast.ruth)


def test_who_says_no_is_thanked_and_the_chair_may_ask_another(cast: Cast) -> None:
    asks(cast, cast.frede.email)
    link = path_in(mails()[0])
    assert "Nej tak" in visit(None).get(link).content.decode()
    page = visit(None).post(link, {"answer": "no"}).content.decode()
    assert "Tak for dit svar" in page
    assert (deputy(cast), DeputyInvitation.objects.exists()) == ("", False)
    assert at("deputy", cast.association.pk) in read("deputy_declined", cast.ruth)
    again = visit(None).post(link, {"answer": "yes"})
    assert (again.status_code, deputy(cast)) == (410, "")


def test_who_is_the_deputy_already_does_not_cease_to_be_it_by_the_link(cast: Cast) -> None:
    asks(cast, cast.frede.email)
    link = path_in(mails()[0])
    visit(None).post(link, {"answer": "yes"})
    page = visit(None).post(link, {"answer": "no"})
    assert (page.status_code, deputy(cast)) == (410, cast.frede.email)
    assert not mail("deputy_declined")


def test_the_deputy_reads_it_on_the_own_page_and_ends_it_there(cast: Cast) -> None:
    says(cast, "yes")
    assert "Du er stedfortræder for Vorup Grundejerforening" in own_page(cast, visit(cast.frede))
    assert "Du er stedfortræder" not in own_page(cast)
    answer = visit(cast.frede).post(at("end_deputy", cast.association.pk))
    assert (answer.url, deputy(cast)) == ("/da/me/", "")
    assert "har ikke længere nogen stedfortræder" in read("deputy_stepped_down", cast.ruth)
    assert not mail("deputy_ended")


def test_who_is_ended_or_replaced_is_told(cast: Cast) -> None:
    says(cast, "yes")
    says(cast, "yes", cast.helle)
    assert "Du er ikke længere stedfortræder for Vorup" in read("deputy_ended", cast.frede)
    visit(cast.ruth).post(at("end_deputy", cast.association.pk))
    assert "Du er ikke længere stedfortræder for Vorup" in read("deputy_ended", cast.helle)
    assert not mail("deputy_stepped_down")


def test_the_chair_is_told_when_the_deputy_is_erased(cast: Cast) -> None:
    says(cast, "yes")
    erase(person=cast.frede, by=cast.frede, now=NOW)
    assert "har ikke længere nogen stedfortræder" in read("deputy_stepped_down", cast.ruth)


def test_a_stale_message_about_a_deputy_is_not_sent(cast: Cast) -> None:
    says(cast, "yes")
    type(cast.association).objects.get(pk=cast.association.pk).contacts.filter(role="deputy").delete()
    for message in (*mail("deputy_named"), *mail("deputy_accepted")):
        assert kind(message.kind).write(message) is None


def test_only_the_chair_asks_and_takes_back_and_the_deputy_does_not(cast: Cast) -> None:
    says(cast, "yes")
    with pytest.raises(deputies.Refused):
        deputies.take_back_invitation(association=cast.association, by=cast.frede, now=NOW)
