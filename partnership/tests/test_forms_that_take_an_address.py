"""Every form of ours that takes an email address is known here: its page must not reveal who is known."""

from django import forms

from partnership.tests.fields import every_form

# The forms of ours that take an address, with their pages.
# They see who is known anyway.
STAFF = {
    "neighbours.forms.correcting.CorrectForm",
    "neighbours.forms.slips.SlipForm",
    "partnership.people.staff.details_forms.CorrectDetailsForm",
    "partnership.people.staff.details_forms.WriteDownForm",
}
# Its own tests compare the answers: entrance/tests/own_codes/test_changing_email.py.
LOGGED_IN = {"entrance.own_codes.forms.NewEmailForm"}
PAGES = {
    "entrance.codes.CodeForm": ["account_request_login_code"],
    "neighbours.forms.joining.JoinForm": ["neighbours:join"],
    "partnership.web.receipts.EmailForm": ["neighbours:sent", "talks:sent"],
    "talks.forms.changes.DeputyForm": ["talks:deputy"],
    "talks.forms.requests.RequestForm": ["talks:book"],
    "talks.forms.requests.WishForm": ["talks:wish"],
}


def takes_an_address(form: type[forms.BaseForm]) -> bool:
    return any(isinstance(field, forms.EmailField) for field in getattr(form, "base_fields", {}).values())


def test_every_form_that_takes_an_address_is_known_here() -> None:
    taking = [form for form in every_form() if takes_an_address(form)]
    # The libraries' own are closed, and the administration's are for staff; forms to build on have no page.
    ours = [form for form in taking if not form.__module__.startswith(("django.", "allauth."))]
    shown = [form for form in ours if not any(form in other.__mro__[1:] for other in ours)]
    assert {f"{form.__module__}.{form.__name__}" for form in shown} == {*PAGES, *STAFF, *LOGGED_IN}
