"""The rules for every text that a person types, and their error messages."""

import unicodedata
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import (
    EmailValidator,
    MaxLengthValidator,
    ProhibitNullCharactersValidator,
    validate_email,
)
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partnership.fields.printed_numbers import grouped
from written import mailboxes
from written.cpr import find_cpr

# The limit where a field sets none.
LINE_LENGTH, TEXT_LENGTH = 200, 4000

QUOTATION_MARKS = frozenset('"“”„«»‘’‹›')
CPR_REFUSED = _("Leave out the personal number (CPR number or personnummer). We never need it.")


def no_control_characters(value: object, *, lines: bool = False) -> None:
    """Refuse NUL, control characters and lone surrogates; line breaks too unless `lines`."""
    if isinstance(value, str) and any(_is_control(character, lines) for character in set(value)):
        raise ValidationError(
            _("The text holds a hidden character that we cannot read. Delete the text and write it again."),
            code="control_character",
        )


def _is_control(character: str, lines: bool) -> bool:
    if character in "\r\n":
        return not lines
    return character != "\t" and unicodedata.category(character) in ("Cc", "Cs")


def text_without_control_characters(value: object) -> None:
    """Refuse NUL, control characters and lone surrogates in a text of one or more lines."""
    no_control_characters(value, lines=True)


def no_cpr(value: object) -> None:
    """Refuse a text that holds what looks like a person's number."""
    if isinstance(value, str) and find_cpr(value, danish=get_language() == "da"):
        raise ValidationError(CPR_REFUSED, code="cpr")


def no_cpr_inside(value: object) -> None:
    """Refuse a list or a table that holds such a text anywhere."""
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    for one in value if isinstance(value, list) else ():
        no_cpr(one)
        no_cpr_inside(one)


def no_cpr_in_phone(value: object) -> None:
    """Refuse a telephone number that looks like a person's number; 0812345678 does so on Danish pages only."""
    if isinstance(value, str) and find_cpr(value, phone_field=get_language() != "da"):
        raise ValidationError(CPR_REFUSED, code="cpr")


def works_as_a_mailbox(value: str) -> None:
    """Refuse an address that no mail server accepts, and say what in it is wrong."""
    name, at, domain = value.rpartition("@")
    if not name or not at:
        raise ValidationError(_("Enter an email address with @, for example name@example.com."), code="invalid")
    if wrong := mailboxes.wrong_letters(value):
        if "@" in wrong:
            raise ValidationError(_("An email address has only one @. Take the other one out."), code="ats")
        if any(one.isspace() for one in wrong):
            raise ValidationError(_("There is a blank before @. Take it out."), code="blank")
        if QUOTATION_MARKS & set(wrong):
            sentence = _("Before @ an email address cannot have quotation marks. Take them out.")
            raise ValidationError(sentence, code="letters")
        sentence = _("Before @ an email address cannot have %(wrong)s. Correct it.")
        quoted = ", ".join(_("“%(text)s”") % {"text": one} for one in wrong)
        raise ValidationError(sentence, code="letters", params={"wrong": quoted})
    if not mailboxes.has_a_name(value):
        raise ValidationError(_("Before @ a dot can stand only between two letters or digits."), code="dots")
    try:
        validate_email(f"name@{domain}" if not domain.startswith("[") else domain)
        if not mailboxes.can_be_stored(value) or mailboxes.is_nowhere(mailboxes.ascii_domain(domain)):
            raise ValidationError("")
    except ValidationError:
        if not domain:
            sentence = _("After @ we need the name of a mail server, for example example.com. Add it.")
            raise ValidationError(sentence, code="domain") from None
        sentence = _("After @ we need the name of a mail server, for example example.com. Correct “%(domain)s”.")
        raise ValidationError(sentence, code="domain", params={"domain": mailboxes.readable(domain)}) from None


def no_cpr_in_file_name(value: object) -> None:
    """Refuse a file whose name holds what looks like a person's number."""
    if find_cpr(str(getattr(value, "name", ""))):
        raise ValidationError(_("Give the file a name without a personal number, and choose it again."), code="cpr")


class Longest(MaxLengthValidator):
    """A maximum number of characters; the message shows both counts as the reader's language writes numbers."""

    def __call__(self, value: object) -> None:
        if isinstance(value, str) and len(value) > self.limit_value:
            raise ValidationError(
                _("Make it shorter: at most %(most)s characters, you wrote %(written)s."),
                code="too_long",
                params={"most": grouped(self.limit_value), "written": grouped(len(value))},
            )


def required_message(field: forms.Field, label: str | Promise) -> Promise:
    """Return the sentence that says what to do about an empty field."""
    widget = getattr(field.widget, "widget", field.widget)  # the administration wraps a list of rows
    if isinstance(widget, forms.CheckboxInput):
        pattern = _("Tick “{label}”.")
    elif isinstance(widget, forms.RadioSelect | forms.Select):
        pattern = _("Choose an answer: “{label}”.")
    elif isinstance(widget, forms.FileInput):
        pattern = _("Choose a file: “{label}”.")
    else:
        pattern = _("Fill in: “{label}”.")
    return format_lazy(pattern, label=label)


_CHOOSE = _("Choose one of the answers that are shown.")
# Subclasses first: the first match gives the message.
MESSAGES = (
    (forms.URLField, {"invalid": _("Enter a web address, for example https://www.example.com.")}),
    (forms.DecimalField, {"invalid": _("Enter a number, for example 12.5.")}),
    (forms.FloatField, {"invalid": _("Enter a number, for example 12.5.")}),
    (forms.IntegerField, {"invalid": _("Enter a whole number, for example 12.")}),
    (forms.TimeField, {"invalid": _("Enter the time as hours and minutes, for example 19:30.")}),
    (forms.DateField, {"invalid": _("Enter the date as day, month and year, for example 31/12/2026.")}),
    (forms.MultipleChoiceField, {"invalid_choice": _CHOOSE, "invalid_list": _CHOOSE}),
    (forms.ModelMultipleChoiceField, {"invalid_choice": _CHOOSE, "invalid_list": _CHOOSE, "invalid_pk_value": _CHOOSE}),
    (forms.ChoiceField, {"invalid_choice": _CHOOSE}),
    (forms.ModelChoiceField, {"invalid_choice": _CHOOSE}),
    (forms.FileField, {"empty": _("The file is empty. Choose another."), "invalid": _("Choose the file again.")}),
)


def set_rules(field: forms.Field, label: str | Promise, *, longest_text: int = TEXT_LENGTH) -> None:
    """Give a field of a form the portal's rules and messages; messages that the field sets itself stay. `longest_text`
    is the limit of a text of several lines that sets none.
    """
    _say(field, {"required": required_message(field, label)})
    _say(field, next((words for kind, words in MESSAGES if isinstance(field, kind)), {}))
    if isinstance(field, forms.CharField):
        _set_text_rules(field, longest_text)
    elif isinstance(field, forms.FileField):
        field.validators = [*field.validators, no_cpr_in_file_name]


def _say(field: forms.Field, words: dict) -> None:
    for code, sentence in words.items():
        stock = [kind.__dict__.get("default_error_messages", {}).get(code) for kind in type(field).__mro__]
        if any(field.error_messages.get(code) is message for message in stock):
            field.error_messages[code] = sentence


def _set_text_rules(field: forms.CharField, longest_text: int) -> None:
    widget = field.widget
    has_lines = isinstance(widget, forms.Textarea)
    longest = field.max_length or (longest_text if has_lines else LINE_LENGTH)
    field.longest = longest  # type: ignore[attr-defined]  # for `typed.longest_read`
    # With maxlength a browser cuts pasted text silently; we show an error instead.
    widget.attrs.pop("maxlength", None)
    rules: list[Callable[[Any], None]] = [
        Longest(longest),
        text_without_control_characters if has_lines else no_control_characters,
    ]
    # A password is not prose, and a hidden field contains what we put there, such as a signed key.
    if not isinstance(widget, forms.PasswordInput | forms.HiddenInput):
        rules.append(no_cpr_in_phone if getattr(widget, "input_type", "") == "tel" else no_cpr)
        if isinstance(field, forms.JSONField):
            rules.append(no_cpr_inside)
    if isinstance(field, forms.EmailField):
        rules.append(works_as_a_mailbox)
    stock = (MaxLengthValidator, ProhibitNullCharactersValidator, EmailValidator)
    own = [rule for rule in field.validators if not isinstance(rule, stock)]
    field.validators = [_one_after_the_other([*rules, *own])]


def _one_after_the_other(rules: list[Callable[[Any], None]]) -> Callable[[Any], None]:
    """Return a rule that says the first thing that is wrong: what is too long is not read any further."""

    def check(value: Any) -> None:
        for rule in rules:
            rule(value)

    return check
