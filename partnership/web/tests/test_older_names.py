"""A field that has another name now is read under its earlier one, from pages that were opened before."""

import pytest
from django import forms
from django.http import QueryDict

from partnership.web.forms import PortalForm


class Renamed(PortalForm):
    kind = forms.CharField()
    name = forms.CharField(required=False)
    older_names = {"kind": "type"}


@pytest.mark.parametrize(
    ("sent", "read"),
    [("type=watch", "watch"), ("kind=watch", "watch"), ("type=old&kind=watch", "watch"), ("type=&name=Bo", None)],
)
def test_the_earlier_name_counts_where_the_present_one_was_not_sent(sent: str, read: str | None) -> None:
    form = Renamed(QueryDict(sent))
    assert form.is_valid() == (read is not None)
    assert form.cleaned_data.get("kind") == read


def test_what_a_cookie_or_an_earlier_page_holds_fills_in_the_form() -> None:
    assert Renamed({"type": "watch"}).is_valid()
    assert Renamed(initial={"type": "watch"})["kind"].value() == "watch"


def test_what_was_sent_is_not_changed() -> None:
    sent = {"type": "watch"}
    Renamed(sent).full_clean()
    assert sent == {"type": "watch"}
