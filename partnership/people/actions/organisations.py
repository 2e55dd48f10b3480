"""Making organisations, confirming them once a year, and naming the chair's deputy."""

import datetime as dt
import uuid
from contextlib import nullcontext

from django.db import transaction
from django.utils.translation import gettext as _

from partnership import clock
from partnership.people import links
from partnership.people.actions import inviting
from partnership.people.actions.locking import locked, still_there
from partnership.people.actions.mailboxes import keep_typed_mailboxes
from partnership.people.actions.references import only_typed, unreferenced
from partnership.people.models import ASSOCIATIONS, Organisation, OrganisationContact, User
from partnership.places.models import Area, Partnership
from partnership.refusals import Refused

Role = OrganisationContact.Role


@transaction.atomic
def known_or_new(
    *,
    chair: User,
    partnership: Partnership,
    name: str,
    kind: str,
    area: Area,
    homes: int,
    submission: uuid.UUID | None = None,
    is_new_chair: bool = False,
) -> Organisation:
    """Return the chair's association of that name, made by the form `submission` if it is new; `is_new_chair` says that
    the form made the chair too. Stored values are not changed.

    The chair's row is locked before the look-up, so that two forms at once make one organisation.
    """
    chair = locked(chair)
    theirs = Organisation.objects.chaired_by(chair).filter(kind__in=ASSOCIATIONS)
    known = theirs.filter(partnership=partnership, name=name).first()
    with nullcontext() if known is None else inviting.rehearsed():
        made = Organisation.objects.create(
            partnership=partnership,
            name=name,
            kind=kind,
            area=area,
            homes=homes,
            made_by_form=submission,
            form_made_chair=is_new_chair,
        )
        OrganisationContact.objects.create(organisation=made, person=chair, role=Role.CHAIR)
    return known or made


def forget_made_by(submission: uuid.UUID, partnership: Partnership) -> None:
    """Remove name and chair from the association that a form made here, if nobody has confirmed it and nothing refers
    to it any more; and name and address from the chair, if the form made that person too. The night deletes the rows:
    to do it at once would take longer where there are any.
    """
    here = Organisation.objects.filter(partnership=partnership, kind__in=ASSOCIATIONS)
    made = here.filter(made_by_form=submission, confirmed_on__isnull=True)
    theirs = unreferenced(made, ignoring=[OrganisationContact])
    contacts = OrganisationContact.objects.filter(organisation__in=theirs)
    chairs = list(contacts.filter(organisation__form_made_chair=True).values_list("person", flat=True))
    OrganisationContact.objects.filter(organisation__in=theirs).delete()
    only_typed(User.objects.filter(pk__in=chairs)).update(name="", email=None)
    theirs.filter(contacts__isnull=True).update(name="")


@transaction.atomic
def confirm_for_the_year(*, organisation: Organisation, now: dt.datetime) -> Organisation:
    """Record that the chair has confirmed that name, homes and chair are still right."""
    rows = Organisation.objects.select_for_update(no_key=True, of=("self",)).select_related("partnership")
    organisation = still_there(rows.with_contacts(), organisation.pk)
    organisation.confirmed_on = clock.local(now, organisation.partnership.zone).date()
    organisation.save(update_fields=["confirmed_on"])
    return organisation


@transaction.atomic
def confirm_in_a_call(*, organisation: Organisation, now: dt.datetime) -> Organisation:
    """Record that somebody has told staff that name, homes and chair are still right. It verifies no mailbox."""
    keep_typed_mailboxes([organisation.chair, organisation.deputy])
    return confirm_for_the_year(organisation=organisation, now=now)


def confirm_once(*, organisation: Organisation, on: dt.date) -> None:
    """Record a first confirmation if there is none: the chair has just given us these details."""
    Organisation.objects.filter(pk=organisation.pk, confirmed_on__isnull=True).update(confirmed_on=on)


@transaction.atomic
def name_deputy(*, organisation: Organisation, name: str, email: str, by: User) -> User | None:
    """Let somebody act in the place of the chair, who asked them; return the new deputy, or None if they were the
    deputy already. Refusals are in words for the deputy.

    Refused: not_yours, same_person as the chair, or elsewhere: the mailbox belongs to another partnership's portal.
    """
    locked = lock_with_person(organisation, by)
    if by != locked.chair:
        raise Refused("not_yours", chair_is_another())
    deputy = inviting.known_or_new(email=email, name=name, language=by.language, partnership=locked.partnership)
    if deputy == locked.chair:
        raise Refused(
            "same_person", _("You are the chair of this association yourself, and the deputy is somebody else.")
        )
    if deputy.partnership_id != locked.partnership_id:
        raise Refused(
            "elsewhere",
            _(
                "Your email address is in use in another municipality, and one address works in one place only. Ask "
                "the chair to write to another address of yours."
            ),
        )
    if deputy == locked.deputy:
        return None
    OrganisationContact.objects.update_or_create(organisation=locked, role=Role.DEPUTY, defaults={"person": deputy})
    return deputy


def lock_with_person(organisation: Organisation, person: User) -> Organisation:
    """Lock the organisation first and a person who may be the chair after, as erasing does; return the organisation."""
    rows = Organisation.objects.select_for_update(no_key=True, of=("self",)).with_contacts()
    found = still_there(rows, organisation.pk)
    User.objects.select_for_update(no_key=True).filter(pk=person.pk).first()
    return found


def chair_is_another() -> str:
    """Return why somebody who was asked to be the deputy cannot be it."""
    return _(
        "The association has a new chair since you were asked. If you would still like to "
        "be the deputy, ask the new chair."
    )


def hand_over(person: User) -> list[Organisation]:
    """Let the deputies of the associations that `person` chairs take over; return these associations."""
    led = Organisation.objects.chaired_by(person).filter(kind__in=ASSOCIATIONS, contacts__role=Role.DEPUTY)
    pks = list(led.values_list("pk", flat=True))
    OrganisationContact.objects.filter(organisation__in=pks, role=Role.CHAIR).delete()
    OrganisationContact.objects.filter(organisation__in=pks, role=Role.DEPUTY).update(role=Role.CHAIR, took_over=True)
    return list(Organisation.objects.filter(pk__in=pks).select_related("partnership").with_contacts())


def forget_chair(person: User) -> None:
    """Remove name and contacts from the associations that `person` chairs; delete those that no room's counts depend
    on.

    Call it after every room has deleted the person's own rows.
    """
    chaired = Organisation.objects.chaired_by(person).filter(kind__in=ASSOCIATIONS)
    theirs = Organisation.objects.filter(pk__in=list(chaired.values_list("pk", flat=True)))
    unreferenced(theirs, ignoring=[OrganisationContact]).delete()
    OrganisationContact.objects.filter(organisation__in=theirs).delete()
    theirs.update(name="", confirmed_on=None)
    older = Organisation.objects.filter(readers_of_older_links__contains=links.digest_of(person))
    older.update(readers_of_older_links="")
