"""The form to end the membership of a helper who has told staff so."""

from django.utils.translation import gettext_lazy

from partnership.people.staff.forms import ToldForm


class LeaveForForm(ToldForm):
    """How a helper told staff that they no longer want to be one."""

    submit_label = gettext_lazy("Yes, end the membership")
