"""A question with the answers yes and no that may also stay open."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Besides our own values: what is stored, and what a page from before these questions sends for a ticked box.
CHOICE_OF = {"True": "yes", "true": "yes", "on": "yes", "False": "no", "false": "no"}
MEANS = {"yes": True, "no": False}
Answers = tuple[str | Promise, str | Promise, str | Promise]
ANSWERS: Answers = (_("Yes"), _("No"), _("I do not know"))


class YesOrNoField(forms.ChoiceField):
    """Radios for yes, no and "not known". Its value is True, False, or None for "not known" and for no answer."""

    widget = forms.RadioSelect

    def __init__(self, *, answers: Answers = ANSWERS, **more: Any) -> None:
        super().__init__(choices=list(zip(("yes", "no", "unknown"), answers, strict=True)), required=False, **more)

    def prepare_value(self, value: Any) -> Any:
        return CHOICE_OF.get(str(value), value)

    def to_python(self, value: Any) -> str:
        return CHOICE_OF.get(str(value), super().to_python(value))

    def clean(self, value: Any) -> bool | None:
        return MEANS.get(super().clean(value))
