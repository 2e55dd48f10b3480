"""The staff's search form, and the filter of the list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.web.forms import PortalForm


class SearchForm(PortalForm):
    """Search by a whole mailbox, name or number, so that nobody browses people. By POST, to keep it out of logs."""

    submit_label = _("Find")

    q = forms.CharField(
        label=_("The whole email address or telephone number, or the name"),
        max_length=254,
        error_messages={"required": _("Enter the email address, the telephone number or the name.")},
    )


class KindFilter(PortalForm):
    """Which kind of message to list. Old messages may be of a kind that the portal has no more."""

    kind = forms.CharField(required=False)

    def chosen(self) -> str:
        """Return the kind; empty for all, and for what cannot be a kind."""
        return self.cleaned_data["kind"] if self.is_valid() else ""
