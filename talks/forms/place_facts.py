"""What the association has told us about its place and its guests, for the chair to change."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from partnership.web.forms import PortalForm
from talks.forms.associations import AssociationForm
from talks.models import Booking

# In the form's order.
PLACE_FACTS = ("place", "is_accessible", "has_projector", "is_public", "note")


class PlaceFactsForm(PortalForm):
    """The same questions as on the form that asked for the talk."""

    submit_label = _("Save")

    def __init__(self, *args: Any, booking: Booking, **kwargs: Any) -> None:
        super().__init__(*args, initial={name: getattr(booking, name) for name in PLACE_FACTS}, **kwargs)
        self.fields["place"].required = not booking.about.is_online
        if not booking.about.is_online:
            self.fields["place"].help_text = _("For example the common house, with its address.")

    place = AssociationForm.base_fields["place"]
    is_accessible = AssociationForm.base_fields["is_accessible"]
    has_projector = AssociationForm.base_fields["has_projector"]
    is_public = AssociationForm.base_fields["is_public"]
    note = AssociationForm.base_fields["note"]
