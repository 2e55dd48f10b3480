"""A reader is told that an action was done, or why not, in the right place on the page."""

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest
from django.test import RequestFactory

from partnership.refusals import Refused
from partnership.web.acting import refusal_on_form, refusal_on_page, say_outcome


class NumberForm(forms.Form):
    number = forms.IntegerField()


@pytest.fixture
def request_with_messages(rf: RequestFactory) -> HttpRequest:
    request = rf.post("/")
    request.session = {}
    request._messages = FallbackStorage(request)
    return request


def told(request: HttpRequest) -> list[tuple[str, str]]:
    return [(message.level_tag, message.message) for message in get_messages(request)]


def refuse() -> None:
    raise Refused("taken", "It is taken.")


def test_what_was_done_is_said(request_with_messages: HttpRequest) -> None:
    with say_outcome(request_with_messages, "It is done."):
        pass
    assert told(request_with_messages) == [("success", "It is done.")]


def test_why_it_was_not_is_said_instead_and_the_rest_of_the_block_is_left_out(
    request_with_messages: HttpRequest,
) -> None:
    went_on = False
    with say_outcome(request_with_messages, "It is done."):
        refuse()
        went_on = True
    assert told(request_with_messages) == [("error", "It is taken.")]
    assert not went_on


def test_a_block_that_returns_has_done_it(request_with_messages: HttpRequest) -> None:
    def view() -> str:
        with say_outcome(request_with_messages, "It is done."):
            return "gone there"
        return "stayed"

    assert view() == "gone there"
    assert told(request_with_messages) == [("success", "It is done.")]


def test_nothing_is_said_twice_where_the_view_says_it(request_with_messages: HttpRequest) -> None:
    with say_outcome(request_with_messages):
        pass
    assert told(request_with_messages) == []


@pytest.mark.parametrize(("field", "where"), [("number", "number"), (None, "__all__")])
def test_a_refusal_becomes_an_error_of_the_form_and_what_was_typed_stays(field: str | None, where: str) -> None:
    form = NumberForm({"number": "7"})
    assert form.is_valid()
    with refusal_on_form(form, field):
        refuse()
    assert form.errors == {where: ["It is taken."]}
    assert form["number"].value() == "7"


def test_a_page_shows_a_refusal_itself() -> None:
    with refusal_on_page() as refused:
        refuse()
    assert refused
    assert str(refused) == "It is taken."


def test_a_page_has_nothing_to_show_where_it_was_done() -> None:
    with refusal_on_page() as refused:
        pass
    assert not refused
    assert str(refused) == ""


def test_any_other_error_is_not_kept_back(request_with_messages: HttpRequest) -> None:
    for block in (say_outcome(request_with_messages), refusal_on_form(NumberForm({})), refusal_on_page()):
        with pytest.raises(ZeroDivisionError), block:
            1 / 0  # noqa: B018
