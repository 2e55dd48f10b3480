"""A person's own page, for every role."""

import pytest
from django.test import Client

from partnership.people.models import User
from partnership.tests.cast import Cast, visit


@pytest.mark.parametrize("who", ["helle", "niels", "ruth", "sven", "karen", "palle", "anne", "frede", "kerstin"])
def test_everyone_has_an_own_page_in_their_language(cast: Cast, who: str) -> None:
    person = getattr(cast, who)
    page = visit(person).get(f"/{person.language}/me/")
    assert page.status_code == 200
    assert person.email in page.content.decode()


def test_only_staff_are_shown_the_way_to_the_dashboard(cast: Cast) -> None:
    assert "/da/dashboard/" in visit(cast.karen).get("/da/me/").content.decode()
    assert "/da/dashboard/" not in visit(cast.helle).get("/da/me/").content.decode()


@pytest.mark.parametrize("path", ["/da/me/", "/da/me/erase/", "/da/me/language/"])
def test_a_stranger_is_sent_to_log_in(cast: Cast, path: str) -> None:
    answer = Client(headers={"host": "randers.localhost"}).get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_the_language_of_mail_is_chosen_on_the_page(cast: Cast) -> None:
    browser = visit(cast.helle)
    assert browser.post("/da/me/language/", {"language": "sv"})["Location"] == "/da/me/"
    assert User.objects.get(pk=cast.helle.pk).language == "sv"


def test_a_language_that_we_do_not_speak_is_refused(cast: Cast) -> None:
    page = visit(cast.helle).post("/da/me/language/", {"language": "xx"})
    assert page.status_code == 200
    assert User.objects.get(pk=cast.helle.pk).language == "da"
