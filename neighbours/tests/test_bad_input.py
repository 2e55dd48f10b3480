"""Bad input is answered with a sentence, keeps what was typed, and writes nothing."""

import pytest

from neighbours.models import Helper
from neighbours.tests import builders as make
from partnership.fields.unbroken import unbroken
from partnership.outbox.models import Message
from partnership.people.models import User
from partnership.tests.cast import Cast, visit

JOIN = "/en/neighbours/join/"


@pytest.mark.parametrize(
    "field, value, sentence",
    [
        ("name", "", "Fill in: “Your name”."),
        ("name", "Vera 010190-1234", "Leave out the personal number"),
        ("name", "V" * 5000, "Make it shorter: at most 80 characters, you wrote 5,000."),
        ("name", "Vera\x00", "hidden character"),
        ("email", "vera", "Enter an email address with @"),
        ("email", "vera\x00@randers.example", "hidden character"),
        ("email", f"{'v' * 5000}@randers.example", "Make it shorter"),
        ("address", "Eksempelvej", "Enter the house number too"),
        ("address", "Eksempelvej 99", "but not this house number"),
        ("address", "Kongens Nytorv 1", "We do not know this street in this postcode"),
        ("address", "Eksempelvej 12\x00", "hidden character"),
        ("address", "010190-1234", "Leave out the personal number"),
        ("address", "٣ ٣", "We do not know this street"),
        ("postcode", "1050", "Choose the right one, or correct what you wrote."),
        ("postcode", "8" * 5000, "Make it shorter"),
        ("consent", "", "Tick the box if you want to be a neighbour helper"),
    ],
)
def test_bad_input_is_answered_with_what_to_do(cast, field, value, sentence):
    make.home(cast.vorup)
    people = User.objects.count()
    form = make.typed(**{field: value})
    if field == "consent":
        del form["consent"]

    answer = visit(None).post(JOIN, form)
    page = answer.content.decode()

    assert answer.status_code == 200
    assert sentence in page
    kept = {"name": "vera@randers.example", "email": "Vera Vestergaard"}.get(field, "Vera Vestergaard")
    assert f'value="{kept}"' in page
    assert not Helper.objects.exists()
    assert not Message.objects.exists()
    assert User.objects.count() == people


def test_who_is_outside_the_municipality_is_told_whom_to_call(cast):
    make.home(cast.vorup)
    page = visit(None).post(JOIN, make.typed(address="Vestergade 1", postcode="8000")).content.decode()
    assert "If you live in another municipality" in page
    assert unbroken(cast.randers.contact_phone) in page


def test_a_form_without_its_token_is_refused(cast):
    make.home(cast.vorup)
    browser = visit(None)
    browser.handler.enforce_csrf_checks = True
    assert browser.post(JOIN, make.typed()).status_code == 403
    assert not Helper.objects.exists()


def test_a_broken_submission_key_is_nobodys_error(cast):
    make.home(cast.vorup)
    assert visit(None).post(JOIN, make.typed(submission="not a key")).status_code == 302
    assert Helper.objects.count() == 1


@pytest.mark.parametrize("q", ["", "e", "\x00\x00\x00", "%", "e" * 5000, "'; drop table", "\udcff"])
def test_the_list_of_streets_answers_anything(cast, q):
    make.home(cast.vorup)
    answer = visit(None).get("/da/neighbours/streets/", {"q": q.encode("utf-8", "replace")})
    assert answer.status_code == 200
    assert answer.json()["streets"] == []


@pytest.mark.parametrize("area", ["9" * 5000, "9" * 19, "²", "٣", "-1", "\x00"])
def test_an_area_that_can_be_no_row_is_none(cast: Cast, area: str) -> None:
    slip = {"medium": "paper", "name": "Poul Papir", "address": "Ukendt Vej 99", "postcode": "8900", "area": area}
    assert visit(cast.karen).post("/da/staff/slips/", slip).status_code in (200, 400)
