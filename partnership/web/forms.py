"""The one base form of the portal."""

import uuid
from collections.abc import Iterable, Iterator
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnership.fields.texts import set_rules
from partnership.fields.unbroken import with_whole_spans

# What a browser sent, or what a form is filled in with at first.
Typed = QueryDict | dict[str, Any] | None


class PortalForm(forms.Form):
    """A form whose errors say what to do, which keeps what was typed and refuses what must not be stored.

    A room sets `submit_label`, fields (with `label`, `help_text`, `max_length`) and, where wanted, `autocomplete`
    ({field: token}), `form_method` ("get" for filters: no token, no cookie), `form_action`, `form_id` and `layout()`.
    Draw it by `{% load crispy_forms_tags %}{% crispy form %}`; the summary of errors is part of it.
    """

    submit_label: str | Promise = _("Send")
    # The button is drawn as one that cannot be undone.
    submit_deletes = False
    # Fields that have to be filled in or left empty, as their hints say.
    unmarked: tuple[str, ...] = ()
    form_method = "post"
    form_action = ""
    form_id = ""
    autocomplete: dict[str, str] = {}
    # The names that fields had in an earlier version, {name: earlier}: pages that were opened then still send them.
    older_names: dict[str, str] = {}

    def __init__(self, data: Typed = None, files: Any = None, *, initial: Typed = None, **kwargs) -> None:
        kwargs.setdefault("label_suffix", "")
        data, initial = (_by_present_names(typed, self.older_names) for typed in (data, initial))
        super().__init__(data, files, initial=initial, **kwargs)
        for name, field in self.fields.items():
            self.prepare_field(name, field)

    def prepare_field(self, name: str, field: forms.Field) -> None:
        """Give a field its messages and rules. Call it for a field that is added after `__init__`."""
        set_rules(field, self[name].label)
        if token := self.autocomplete.get(name) or _usual_autocomplete(field):
            field.widget.attrs.setdefault("autocomplete", token)

    def set_choices(self, name: str, choices: Iterable[tuple[object, object]]) -> None:
        """Say what can be chosen in a field, once the form knows."""
        field = cast(forms.ChoiceField, self.fields[name])
        # The options of a list hold no markup, and break no lines.
        field.choices = list(choices) if isinstance(field.widget, forms.Select) else _unbroken(choices)

    def set_queryset(self, name: str, rows: QuerySet) -> None:
        """Say which rows can be chosen in a field, once the form knows."""
        field = cast(forms.ModelChoiceField, self.fields[name])
        field.iterator = InOneQuery
        field.queryset = rows

    def layout(self) -> Layout | None:
        """Return a crispy layout if the fields should not simply stand one below the other."""
        return None

    @property
    def helper(self) -> FormHelper:
        """Return how crispy draws this form; a new one each time, since layouts carry state."""
        helper = FormHelper()
        helper.form_method = self.form_method
        helper.form_action = self.form_action
        helper.form_id = self.form_id
        helper.layout = self.layout()
        helper.render_hidden_fields = True
        if self.submit_label:
            button = Submit("", self.submit_label)
            if self.submit_deletes:
                button.field_classes = "btn btn-warning"
            helper.add_input(button)
        return helper


def _unbroken(choices: Iterable[tuple[object, object]]) -> list[tuple[object, Any]]:
    """Return choices, or groups of them, whose hours stay on one line."""
    return [(value, _unbroken_label(label)) for value, label in choices]


def _unbroken_label(label: object) -> object:
    if isinstance(label, list):
        return _unbroken(label)
    return with_whole_spans(label) if isinstance(label, str) else label


def _by_present_names(typed: Typed, older_names: dict[str, str]) -> Typed:
    """Return what was typed with the values of earlier names under the present ones too."""
    earlier = {name: old for name, old in older_names.items() if typed and old in typed and name not in typed}
    if not typed or not earlier:
        return typed
    named = typed.copy()
    for name, old in earlier.items():
        named[name] = str(typed[old])
    return named


class InOneQuery(ModelChoiceIterator):
    """The rows of a field by an ordinary query: Django opens a cursor on the server, which is for very many rows."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        yield from map(self.choice, self.queryset)


def _usual_autocomplete(field: forms.Field) -> str:
    if isinstance(field, forms.EmailField):
        return "email"
    return "tel" if getattr(field.widget, "input_type", "") == "tel" else ""


class SubmissionField(forms.UUIDField):
    """A key that was rendered with the form; a missing or invalid one is replaced by a new one without an error."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, initial=uuid.uuid4)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value) or uuid.uuid4()
        except ValidationError:
            return uuid.uuid4()

    def bound_data(self, data: object, initial: object) -> object:
        try:
            return super().to_python(data) or initial
        except ValidationError:
            return initial


class OnceForm(PortalForm):
    """A form that a double click submits only once: pass `cleaned_data["submission"]` to the action as its idempotency
    key. The key comes from the browser, so an action must look it up together with the person, never alone.
    """

    submission = SubmissionField()
