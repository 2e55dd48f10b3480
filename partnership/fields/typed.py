"""How every form reads what was typed, before any validator: FORM_RENDERER gives this to the portal's forms, those of
the administration and those of allauth alike, so that no field can forget it.
"""

import json
from collections.abc import Callable
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.formats import get_format

from partnership.fields import phone
from partnership.fields.phone import PhoneField
from partnership.fields.texts import LINE_LENGTH
from written import days, hours, mailboxes, numbers
from written.cleaning import cleaned

# Nobody types these: a signed key, a chosen answer. A password is compared, not read.
NOT_TYPED = (forms.HiddenInput, forms.PasswordInput, forms.widgets.ChoiceWidget, forms.FileInput)
# What people cannot see makes a text longer than it is; but anybody can send megabytes, and reading costs time. What is
# longer than so many times what the field takes is not read: the field refuses it as it is.
TIMES_AS_LONG, AND_A_LINE = 4, LINE_LENGTH
# Of a text of the administration for which nothing says how long it may be.
LONGEST_READ = 100_000


def as_typed(value: Any, field: forms.Field) -> Any:
    """Return what was typed in its one spelling (`written.cleaning`), for each box of a field."""
    if isinstance(field, forms.JSONField) and isinstance(value, str):
        value = _that_python_can_read(value)
    if isinstance(field.widget, NOT_TYPED):
        return value
    if isinstance(value, list):
        return [as_typed(one, field) for one in value]
    if not isinstance(value, str) or len(value) > longest_read(field):
        return value
    return cleaned(value, lines=isinstance(field.widget, forms.Textarea))


def longest_read(field: forms.Field) -> int:
    """Return the number of characters above which what was typed in a box of a field is not read."""
    if isinstance(field, forms.CharField):
        longest = getattr(field, "longest", field.max_length)
        return TIMES_AS_LONG * longest + AND_A_LINE if longest else LONGEST_READ
    return TIMES_AS_LONG * LINE_LENGTH


def as_meant(value: Any, field: forms.Field) -> Any:
    """Return a number, an hour or a day as Django's field of that kind reads it."""
    if isinstance(field, forms.MultiValueField) and isinstance(value, list):
        return [as_meant(one, part) for one, part in zip(value, field.fields, strict=False)]
    read = next((read for kind, read in READERS if isinstance(field, kind)), None)
    if _is_for_a_code(field):
        read = _without_blanks
    return read(value) if read and isinstance(value, str) and len(value) <= longest_read(field) else value


def _that_python_can_read(json_text: str) -> str:
    """Return the text unchanged, but "[", which every JSON field refuses, in place of what would make the field fail:
    lists in lists a thousand deep, and numbers of thousands of digits.
    """
    try:
        json.loads(json_text)
    except json.JSONDecodeError:
        return json_text
    except (RecursionError, ValueError):
        return "["
    return json_text


def _decimal(text: str) -> str:
    return numbers.decimal(text, get_format("DECIMAL_SEPARATOR"))


def _hour(text: str) -> str:
    found = hours.hour(text)
    return f"{found:%H:%M}" if found else text


def _day(text: str) -> str:
    found = days.day(text)
    return found.isoformat() if found else text


def _mailbox(text: str) -> str:
    return mailboxes.canonical(mailboxes.pasted(text))


def _without_blanks(code: str) -> str:
    return "".join(code.split())


def _is_for_a_code(field: forms.Field) -> bool:
    return field.widget.attrs.get("autocomplete") == "one-time-code"


# Subclasses first.
READERS: tuple[tuple[type[forms.Field] | tuple[type[forms.Field], ...], Callable[[str], str]], ...] = (
    ((forms.FloatField, forms.DecimalField), _decimal),
    (forms.IntegerField, numbers.whole),
    (forms.EmailField, _mailbox),
    (PhoneField, phone.pasted),
    (forms.TimeField, _hour),
    (forms.DateField, _day),
)


class TypedField(forms.BoundField):
    """A field with what was typed in it. The page shows it again as it was typed, apart from what cannot be seen. It is
    read once, however often it is validated and drawn.
    """

    _read: tuple[Any, Any, Any] = (None, None, None)

    @property
    def data(self) -> Any:
        return as_meant(self._typed, self.field)

    @property
    def _typed(self) -> Any:
        sent = super().data
        before, widget, typed = self._read
        # A form may give its field another widget, which reads in another way.
        if widget is not self.field.widget or before != sent:
            typed = as_typed(sent, self.field)
            self._read = (sent, self.field.widget, typed)
        return typed

    def value(self) -> Any:
        is_mailbox = isinstance(self.field, forms.EmailField)
        if self.form.is_bound:
            value = self.field.bound_data(self._typed, self.initial)
        else:
            value = mailboxes.readable(self.initial) if is_mailbox else self.initial
        return self.field.prepare_value(value)


class Renderer(DjangoTemplates):
    """Django's own templates, and our way to read a field."""

    bound_field_class = TypedField
