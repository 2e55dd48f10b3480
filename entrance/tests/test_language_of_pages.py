"""Pages without a language in their address are in the language of the page that led to them, else in the reader's."""

import re

import pytest
from django.utils import translation

from partnership.outbox import kinds
from partnership.outbox.models import Message
from partnership.tests.cast import Cast, visit

pytestmark = pytest.mark.django_db
WITHOUT_LANGUAGE = ["/admin/", "/admin/people/user/", "/admin/people/user/add/", "/admin/nothing/", "/accounts/2fa/"]


def _language(page: object) -> str:
    return re.search(r'<html lang="([a-z]+)', page.content.decode())[1]  # type: ignore[attr-defined]


@pytest.mark.parametrize("where", WITHOUT_LANGUAGE)
def test_a_page_without_a_language_is_in_the_readers(cast: Cast, where: str) -> None:
    assert _language(visit(cast.anne).get(where)) == "da"
    type(cast.anne).objects.filter(pk=cast.anne.pk).update(language="en")
    assert _language(visit(cast.anne).get(where)) == "en"


@pytest.mark.parametrize("where", WITHOUT_LANGUAGE)
def test_a_page_without_a_language_is_in_that_of_the_page_before(cast: Cast, where: str) -> None:
    anne = visit(cast.anne)
    for language in ("en", "sv", "da"):
        anne.get(f"/{language}/me/")
        assert _language(anne.get(where)) == language


def test_the_administration_offers_its_page_in_other_languages(cast: Cast) -> None:
    anne = visit(cast.anne)
    page = anne.get("/admin/people/user/?q=karen").content.decode()
    assert 'href="/admin/people/user/?q=karen&amp;lang=en" lang="en"' in page
    chosen = anne.get("/admin/people/user/?q=karen&lang=en")
    assert (chosen.status_code, _language(chosen)) == (200, "en")
    assert _language(anne.get("/admin/")) == "en"


def test_a_public_page_still_reads_no_session(cast: Cast) -> None:
    anne = visit(cast.anne)
    anne.get("/da/me/")
    assert "Cookie" not in anne.get("/en/privacy/").headers.get("Vary", "")
    assert _language(anne.get("/admin/")) == "da"


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_the_footer_leads_to_the_accessibility_statement_in_the_language_of_the_page(cast: Cast, language: str) -> None:
    page = visit(None).get(f"/{language}/privacy/").content.decode()
    assert f'href="/{language}/accessibility/"' in page


def test_links_in_a_mail_lead_to_pages_in_its_language(cast: Cast) -> None:
    message = Message(
        kind="account.login_code", partnership=cast.randers, recipient=cast.karen, about={"code": "123456"}
    )
    for language in ("da", "en"):
        with translation.override(language):
            words = kinds.kind(message.kind).write(message)
        where = words.links[0][1].partition("localhost")[2].partition("/")[2]
        assert _language(visit(None).get(f"/{where}")) == language
