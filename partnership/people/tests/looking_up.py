"""Opening the page of a person as staff do: they say why first."""

from django.test import Client

from partnership.people.administration import PURPOSE
from partnership.people.models import LookUp, User


def page_of(person: User, language: str = "en") -> str:
    return f"/{language}/staff/people/{person.pk}/"


def look_up(browser: Client, person: User, language: str = "en", purpose: str = LookUp.Purpose.CALL) -> str:
    """Return the page, in the reader's language."""
    return browser.post(page_of(person, language), {"purpose": purpose}, follow=True).content.decode()


def open_in_administration(browser: Client, address: str, purpose: str = LookUp.Purpose.EMAIL) -> str:
    """Return a page of the administration about somebody, once it has been said why it is opened."""
    return browser.post(address, {PURPOSE: purpose}, follow=True).content.decode()
