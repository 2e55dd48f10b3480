"""The staff's search form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.web.forms import PortalForm


class SearchForm(PortalForm):
    """Search by the whole address, so that nobody browses people. Posted, to keep it out of logs."""

    submit_label = _("Find")

    email = forms.EmailField(label=_("The whole e-mail address"))
