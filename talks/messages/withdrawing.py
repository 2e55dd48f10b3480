"""Why messages about talks are withdrawn. Rows store the first text of each."""

from django.utils.translation import gettext_lazy as _

from partnership.outbox.post import Reason

REASONS = [
    Reason("the speaker cannot come", _("The speaker cannot come.")),
    Reason("other evenings were offered", _("Other evenings were offered.")),
    Reason("the offer was withdrawn", _("The talk takes place on the original evening after all.")),
    Reason("the talk was cancelled", _("The talk was cancelled.")),
    Reason("the talk was moved", _("The talk was moved.")),
    Reason("the talk took place", _("It has been recorded that the talk took place.")),
    Reason("the association has another chair", _("The association has another chair.")),
    Reason("the talk did not take place", _("The talk did not take place.")),
]
