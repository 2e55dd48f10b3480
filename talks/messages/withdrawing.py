"""Why messages about talks are withdrawn. Rows store the first text of each."""

from django.utils.translation import gettext_lazy as _

from partnership.outbox.post import Reason

# The constants may be renamed, and their texts not.
SPEAKER_CANNOT_COME = "the speaker cannot come"
OTHERS_OFFERED = "other evenings were offered"
OFFER_WITHDRAWN = "the offer was withdrawn"
CANCELLED = "the talk was cancelled"
MOVED = "the talk was moved"
TOOK_PLACE = "the talk took place"
DID_NOT_TAKE_PLACE = "the talk did not take place"
ANOTHER_CHAIR = "the association has another chair"
ANOTHER_DEPUTY = "the association has another deputy"
INVITATION_ENDED = "the invitation has ended"

REASONS = [
    Reason(SPEAKER_CANNOT_COME, _("The speaker cannot come.")),
    Reason(OTHERS_OFFERED, _("Other evenings were offered.")),
    Reason(OFFER_WITHDRAWN, _("The talk takes place on the original evening after all.")),
    Reason(CANCELLED, _("The talk was cancelled.")),
    Reason(MOVED, _("The talk was moved.")),
    Reason(TOOK_PLACE, _("It has been recorded that the talk took place.")),
    Reason(ANOTHER_CHAIR, _("The association has another chair.")),
    Reason(ANOTHER_DEPUTY, _("The association has another deputy, or none.")),
    Reason(INVITATION_ENDED, _("The invitation has ended.")),
    Reason(DID_NOT_TAKE_PLACE, _("The talk did not take place.")),
]
