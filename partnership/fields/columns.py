"""Names, telephone numbers and postcodes in the database: the same rules on every road in, whether a form, the
administration or a command. What is stored already is read as it is.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from partnership.fields.names import NAME_RULES
from partnership.fields.phone import COUNTRIES, PhoneField, e164
from partnership.fields.postcode import PostcodeField
from partnership.fields.texts import no_cpr, no_cpr_in_phone


def can_be_dialled(written: str) -> None:
    """Refuse a telephone number that nobody can call, with the sentences of the form's field."""
    if not any(e164(written, country) for country in COUNTRIES):
        PhoneField(required=False).run_validators(written)
        raise ValidationError(PhoneField.default_error_messages["invalid"], code="invalid")


class _Column(models.CharField):
    def deconstruct(self) -> Any:
        """In migrations it is Django's own field: the column is the same."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class NameColumn(_Column):
    """A name that our emails may repeat."""

    default_validators = [no_cpr, *NAME_RULES]


class PhoneColumn(_Column):
    """A telephone number as it was written."""

    default_validators = [no_cpr_in_phone, can_be_dialled]

    def formfield(self, **kwargs: Any) -> Any:
        widget = forms.TelInput(attrs={"class": "vTextField"})  # as wide as the administration's other boxes
        return super().formfield(**{**kwargs, "form_class": PhoneField, "widget": widget})


class PostcodeColumn(_Column):
    """The digits of a postcode."""

    default_validators = [RegexValidator(r"^\d{4,5}\Z", _("Enter the postcode in digits, for example 8900."))]

    def formfield(self, **kwargs: Any) -> Any:
        """Let the town be typed after it: the form's field takes it off before the length is checked."""
        field: Any = super().formfield(**{**kwargs, "form_class": PostcodeField})
        field.max_length = PostcodeField().max_length
        return field
