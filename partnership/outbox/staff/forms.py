"""What staff search by."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.web.forms import PortalForm


class SearchForm(PortalForm):
    """By the whole address only: nobody browses people by part of a name. Posted, so that it stands in no log."""

    submit_label = _("Find")

    email = forms.EmailField(label=_("The whole e-mail address"))
