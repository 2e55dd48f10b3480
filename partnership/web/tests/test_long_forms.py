"""A form full of text costs nearly nothing: what no field takes is refused before it is read."""

from collections.abc import Iterator

import pytest
from django import forms
from django.test import Client

from partnership.fields import typed
from partnership.people import limits
from partnership.tests.cast import Cast, visit
from partnership.tests.costs import grows_too_fast, of_length, same, seconds
from partnership.tests.fields import filled_in, text_fields
from partnership.web.forms import PortalForm
from partnership.web.long_forms import MOST_CHARACTERS
from written.cleaning import cleaned

WISH, JOIN = "/en/talks/wish/", "/en/neighbours/join/"
# Signs of different kinds: as they stay, of full width, composed, marks alone, and each another.
UNITS = ("a", "é", "\uff11", "e\u0301", "家", "\u0316\u0301", "".join(map(chr, range(0x4E00, 0x4E00 + 12_500))))
# More than the signs that cleaning remembers, so that all lengths find as many of them known.
LENGTHS = (12_500, 100_000)
MOST_CALLS = 60


def names_of(page: str) -> list[str]:
    form = next(one for one in (visit(None).get(page).context or []) if one.get("form"))["form"]
    return [name for name, field in form.fields.items() if not isinstance(field.widget, forms.HiddenInput)]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the texts that were cleaned."""
    texts: list[str] = []

    def counting(text: str, *, lines: bool = False) -> str:
        texts.append(text)
        return cleaned(text, lines=lines)

    monkeypatch.setattr(typed, "cleaned", counting)
    return texts


@pytest.mark.django_db
@pytest.mark.parametrize(
    "page, sentence",
    [
        (WISH, "Go back, make your text shorter"),
        (JOIN, "Go back, make your text shorter"),
        ("/accounts/login/code/", "Gå tilbage, gør teksten kortere"),
    ],
)
def test_a_form_with_more_text_than_any_takes_is_refused_unread(
    cast: Cast, page: str, sentence: str, read: list[str]
) -> None:
    names = ["email", *names_of(page)] if page != "/accounts/login/code/" else ["email"]
    answer = visit(None).post(page, dict.fromkeys(names, "é" * MOST_CHARACTERS))
    assert answer.status_code == 413
    assert sentence in answer.content.decode()
    assert not [text for text in read if "é" in text]


@pytest.mark.django_db
def test_a_body_that_django_refuses_gets_the_same_answer(cast: Cast) -> None:
    assert visit(None).post(JOIN, {"name": "a" * 3_000_000}).status_code == 413


@pytest.mark.django_db
def test_the_page_for_forged_forms_shows_no_such_text_again(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True, HTTP_HOST="randers.localhost", HTTP_ORIGIN="http://randers.localhost")
    assert client.post(JOIN, {"name": "é" * MOST_CHARACTERS}).status_code == 413


@pytest.mark.django_db
def test_somebody_logged_in_may_send_a_long_text(cast: Cast) -> None:
    assert visit(cast.anne).post(JOIN, {"name": "é" * MOST_CHARACTERS}).status_code != 413


@pytest.mark.django_db
@pytest.mark.parametrize("page", [WISH, JOIN])
def test_each_text_of_a_form_is_read_once(cast: Cast, page: str, read: list[str]) -> None:
    sent = {name: f"text of {name}" for name in names_of(page)}
    assert visit(None).post(page, sent).status_code in (200, 400)
    once = [text for text in read if text.startswith("text of ")]
    assert once
    assert len(once) == len(set(once))


@pytest.mark.django_db
def test_a_form_is_counted_before_it_is_read(cast: Cast, settings, read: list[str]) -> None:
    settings.FORMS_AN_HOUR = 1
    for _time in range(1 + limits.FAULTY_FOR_ONE):
        visit(None).post(JOIN, {"name": "Vera"})
    valid: list[str] = []

    class Form(PortalForm):
        name = forms.CharField()

        def clean(self) -> None:
            valid.append("read")

    request = visit(None).post(JOIN, {"name": "Vera"}).wsgi_request
    form = Form({"name": "Vera"})
    assert not limits.is_valid_within_limit(request, form, "neighbours.join")
    assert valid == []
    assert limits.status_of(form) == 429
    assert 'value="Vera"' in str(form)


def portal_fields() -> Iterator[forms.Form]:
    for name, field in text_fields().items():
        if not name.startswith(("django.", "allauth.")) and isinstance(field, forms.CharField) and field.max_length:
            yield filled_in(field, "", PortalForm)


def test_what_is_far_too_long_for_its_field_is_not_read(read: list[str]) -> None:
    tried = 0
    for form in portal_fields():
        field = form.fields["it"]
        if isinstance(field, forms.JSONField):
            continue
        tried += 1
        filled = filled_in(field, "é" * (typed.longest_read(field) + 1), PortalForm)
        assert not filled.is_valid()
        str(filled)
    assert tried > 20
    assert read == []


@pytest.mark.parametrize("unit", UNITS)
def test_cleaning_a_long_text_is_cheap(unit: str) -> None:
    """It grows with the text, and no sign of it costs more than some calls of plain Python."""
    assert not grows_too_fast(cleaned, unit, lengths=LENGTHS)
    text = of_length(unit, LENGTHS[0])
    assert seconds(lambda: cleaned(text)) < MOST_CALLS * seconds(lambda: [same(sign) for sign in text])


PAGES = ("/da/", "/da/neighbours/", "/da/advice/search/", "/accounts/login/", "/admin/", "/da/staff/helpers/", "/nope")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("names", ["q", "next", "x{}"])
def test_an_address_with_thousands_of_parameters_is_a_bad_request(cast: Cast, path: str, names: str) -> None:
    query = "&".join(f"{names.format(number)}=a{number}" for number in range(1_001))
    for reader in (None, cast.karen):
        answer = visit(reader).get(f"{path}?{query}")
        assert answer.status_code == 400
        assert "12 34 56 78" in answer.content.decode().replace("\xa0", " ")
    assert visit(None).get(f"{path}?{query}", HTTP_HOST="unknown.example").status_code == 400
