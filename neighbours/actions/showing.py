"""Whether the Naboven of the area may see a helper: a consent of its own, given and withdrawn at any time."""

import datetime as dt

from django.db import transaction
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from neighbours import rules
from neighbours.actions.steps import medium_of
from neighbours.consent_words import SHOWN_TO_NABOVEN, shown_text
from neighbours.models import Helper
from partnership.people.actions.consents import give_consent, withdraw_consent
from partnership.people.actions.locking import locked, still_there
from partnership.people.models import Consent, User
from partnership.refusals import Refused


@transaction.atomic
def set_shown_to_naboven(*, helper: Helper, yes: bool, by: User, medium: str = "", now: dt.datetime) -> bool:
    """Record what a helper says about being seen by the Naboven; return False if they had said so before. Refused:
    not_allowed for anyone except the helper and staff, who say how they were told; not_helper for who is none;
    protected, if somebody is to be seen who has name and address protection.
    """
    person = locked(helper.person_id)
    helper = still_there(Helper.objects.select_for_update(of=("self",)).select_related("partnership"), helper.pk)
    if not rules.may_act_for(by, person, helper.partnership):
        raise Refused("not_allowed", _("Only the helper and the coordinators can do this."))
    if not helper.is_confirmed:
        raise Refused("not_helper", _("Only for neighbour helpers."))
    if yes and person.is_protected:
        raise Refused("protected", _("With name and address protection, no local contact person sees them."))
    if Consent.objects.live(person, SHOWN_TO_NABOVEN) == yes:
        return False
    medium, written_by = medium_of(helper, by, medium), None if by.pk == person.pk else by
    if not yes:
        return withdraw_consent(person=person, purpose=SHOWN_TO_NABOVEN, medium=medium, now=now, written_by=written_by)
    language = (get_language() if by.pk == person.pk else None) or person.language
    with override(language):
        text = shown_text(helper.partnership)
    said = {"purpose": SHOWN_TO_NABOVEN, "text": text, "language": language, "medium": medium}
    give_consent(person=person, **said, now=now, written_by=written_by)
    return True
