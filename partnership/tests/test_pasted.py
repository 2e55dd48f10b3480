"""What people paste into fields for an email address and a telephone is taken exactly, or refused with the reason."""

import pytest
from django import forms
from django.utils import translation

from partnership.fields.phone import PhoneField
from partnership.web.forms import PortalForm
from written.mailboxes import pasted

VERA = "vera@randers.example"
NUMBER = "+45 12 34 56 78"


class ReachedForm(PortalForm):
    email = forms.EmailField(required=False)
    phone = PhoneField(required=False)


def read(**typed: str) -> tuple[dict, str]:
    with translation.override("en"):
        form = ReachedForm(typed)
        form.is_valid()
        return form.cleaned_data, str(form.errors)


@pytest.mark.parametrize(
    "typed",
    [
        VERA, f"{VERA}\r\n", f"\n\t{VERA}\t", f"\xa0{VERA}\u202f", f"{VERA}.", f"{VERA},", f"{VERA}; ", f"<{VERA}>",
        f"mailto:{VERA}", f"MAILTO:{VERA}", f"<mailto:{VERA}>", f"Vera Vest <{VERA}>", f'"Vest, Vera" <{VERA}>;',
        f"{VERA} <{VERA}>", f"'{VERA}' <mailto:{VERA}>", f'"{VERA}"', f"\u202a{VERA}\u202c",
        "mailto:vera%40randers.example",
    ],
)  # fmt: skip
def test_one_mailbox_is_taken_whatever_is_pasted_around_it(typed: str) -> None:
    found, errors = read(email=typed)
    assert not errors
    assert found["email"] == VERA


@pytest.mark.parametrize(
    "typed, says",
    [
        (f"{VERA}, ole@randers.example", "only one @"),
        (f"{VERA};ole@randers.example", "only one @"),
        (f"{VERA}\nole@randers.example", "hidden character"),
        (f"ole@randers.example <{VERA}>", "only one @"),
        (f"mailto:{VERA}?bcc=spy@randers.example", "@"),
        (f"mailto:{VERA}?subject=Hej", "cannot have “:”"),
        ("Vera <>", "Enter an email address with @"),
        (f"{VERA} ring", "After @"),
        ("ve ra@randers.example", "blank before @"),
        ("vera@localhost", "After @ we need the name of a mail server"),
        ("vera@LOCALHOST.", "After @"),
        ("vera@randers", "After @"),
        ("vera@10.0.0.10", "After @"),
        ("vera@[127.0.0.1]", "After @"),
        ("vera@[IPv6:::1]", "After @"),
        ("vera@printer.local", "After @"),
        ("vera@mail.localhost", "After @"),
        ("vera@router.home.arpa", "After @"),
        ("vera@x.invalid", "After @"),
        ("vera@.dk", "After @"),
    ],
)
def test_what_is_not_one_mailbox_that_can_be_reached_is_refused_with_the_reason(typed: str, says: str) -> None:
    found, errors = read(email=typed)
    assert "email" not in found
    assert says in errors


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER, f"{NUMBER}\r\n", f"\t{NUMBER}\n", f"\xa0{NUMBER}\u202f", f"{NUMBER}.", f"{NUMBER},", f"{NUMBER};",
        f"tel:{NUMBER}", f"Tel.: {NUMBER}", f"Tlf. {NUMBER}", f"tlf {NUMBER}", f"Telefon: {NUMBER}", f"Mobil: {NUMBER}",
        f"\u202d{NUMBER}\u202c", "+45\xa012\xa034\xa056\xa078", "tel:+45 12 34 56 78",
    ],
)  # fmt: skip
def test_one_number_is_taken_whatever_is_pasted_around_it(typed: str) -> None:
    found, errors = read(phone=typed)
    assert not errors
    assert found["phone"] == NUMBER


@pytest.mark.parametrize(
    "typed",
    [
        f"{NUMBER}\n{NUMBER}", f"{NUMBER}, {NUMBER}", f"{NUMBER};ext=9", f"tel:{NUMBER};phone-context=x", "tel:", "tlf",
        f"mailto:{NUMBER}", f"Vera <{NUMBER}>", f"tel:tel:{NUMBER}", f"{NUMBER} lokal 9",
    ],
)  # fmt: skip
def test_what_is_not_one_number_is_refused(typed: str) -> None:
    found, errors = read(phone=typed)
    assert "phone" not in found
    assert errors


def test_a_long_text_is_read_in_proportion() -> None:
    for text in ("<" * 50_000, "a@" * 50_000, "mailto:" * 20_000, " <" * 50_000 + ">"):
        assert pasted(text) == text
