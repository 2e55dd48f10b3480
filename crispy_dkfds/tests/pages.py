"""Draws forms as a browser gets them, and parses the result."""

from html.parser import HTMLParser

from crispy_forms.utils import render_crispy_form
from django import forms

from crispy_dkfds.widgets import ThreeBoxDateWidget


class ThreeBoxes(forms.Field):
    """A date that only keeps what was typed: the pack has no rules about dates."""

    widget = ThreeBoxDateWidget

    def to_python(self, value: list) -> list | None:
        return value if any(value) else None


class EveryKind(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the door.")
    email = forms.EmailField(label="Email")
    phone = forms.CharField(label="Phone", widget=forms.TelInput, required=False)
    homes = forms.IntegerField(label="Homes")
    story = forms.CharField(label="Story", widget=forms.Textarea)
    area = forms.ChoiceField(label="Area", choices=[("", ""), ("a", "Assentoft")])
    role = forms.ChoiceField(label="Role", choices=[("watch", "Watch"), ("talk", "Talk")], widget=forms.RadioSelect)
    ways = forms.MultipleChoiceField(
        label="Ways", choices=[("m", "Mail"), ("p", "Post")], widget=forms.CheckboxSelectMultiple, help_text="Any."
    )
    start = ThreeBoxes(label="Start", help_text="For example 31 12 2026.")
    plan = forms.FileField(label="Plan")
    consent = forms.BooleanField(label="I agree", help_text="You can stop again.")
    key = forms.CharField(widget=forms.HiddenInput, required=False)


class Page(HTMLParser):
    """The elements of a page, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.elements.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict]:
        return [attrs for name, attrs in self.elements if name == tag]

    def by_id(self, wanted: str) -> dict:
        (found,) = [attrs for _name, attrs in self.elements if attrs.get("id") == wanted]
        return found

    def dangling(self) -> list[str]:
        """Return references to ids that do not exist, and ids that exist twice."""
        ids = [attrs["id"] for _name, attrs in self.elements if "id" in attrs]
        pointed = [attrs["href"][1:] for _name, attrs in self.elements if attrs.get("href", "").startswith("#")]
        for _name, attrs in self.elements:
            for attribute in ("for", "aria-describedby", "aria-labelledby"):
                pointed += attrs.get(attribute, "").split()
        return [each for each in pointed if each not in ids] + [each for each in ids if ids.count(each) > 1]


def draw(form, helper=None, **context) -> str:
    return render_crispy_form(form, helper, context)
