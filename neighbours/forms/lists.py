"""The forms for staff who bring in a list of helpers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from neighbours.lists.reading import MOST_BYTES, MOST_ROWS
from partnership.fields.printed_numbers import grouped
from partnership.web.forms import OnceForm, PortalForm


class ListFileForm(OnceForm):
    """A file of helpers."""

    submit_label = _("Read the file, and show what is in it")

    file = forms.FileField(
        label=_("File with the list"),
        max_length=200,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,text/csv"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = _("CSV as Excel saves it, with at most %(rows)s lines and 1 MB. Nobody is added yet.")
        self["file"].help_text = said % {"rows": grouped(MOST_ROWS)}

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is too large: at most 1 MB. Divide it into several."), code="too_large")
        data: bytes = file.read()
        return data


class AddListForm(PortalForm):
    """The yes of whoever adds a list, that all of it have said yes to the words that are shown."""

    def __init__(self, *args: Any, words: SafeString, submit_label: str, **kwargs: Any) -> None:
        self.submit_label = submit_label
        super().__init__(*args, **kwargs)
        without = _("Tick when all of them have said yes to these words. Take the others out of the file first.")
        field = forms.BooleanField(label=words, error_messages={"required": without})
        self.fields["consent"] = field
        self.prepare_field("consent", field)
