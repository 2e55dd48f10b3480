"""A chair asks somebody to be the deputy, who becomes it by saying yes; and either of them ends it."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from partnership.people.actions import organisations
from partnership.people.actions.locking import still_there
from partnership.people.actions.mailboxes import give_number, verify_mailbox
from partnership.people.models import Organisation, OrganisationContact, User
from partnership.people.own.held_back import refuse_held_back
from partnership.refusals import Refused
from talks.actions.associations import begin_with_new_deputy
from talks.messages import posting_wishes
from talks.models import DeputyInvitation
from written.mailboxes import canonical


@transaction.atomic
def ask_deputy(*, association: Organisation, name: str, email: str, by: User, now: dt.datetime) -> None:
    """Email somebody a link with which they become the deputy; an earlier link no longer works. Does the same whether
    we know the mailbox or not. Refused: not_yours, or same_person as the chair.
    """
    association = _locked(association, by)
    if canonical(email) == by.email:
        raise Refused("same_person", _("The deputy must be somebody else than the chair."))
    asked, _made = DeputyInvitation.objects.get_or_create(
        association=association, defaults={"asked_by": by, "asked_at": now, "name": name, "email": email}
    )
    asked.asked_by, asked.asked_at, asked.name, asked.email, asked.accepted_at = by, now, name, email, None
    asked.version += 1
    asked.save()
    # Who was asked before may be another, or nobody: a mailbox that was mistyped.
    posting_wishes.forget_invitation(asked.pk, now)
    posting_wishes.ask_deputy(asked, now)


def check_invitation(invitation: DeputyInvitation | None, version: int, now: dt.datetime) -> None:
    """Refuse a link whose invitation has ended: gone, replaced by a newer one, or from somebody who no longer is the
    chair. The words are the same for each: who has an old link learns nothing about whom the chair has asked since.
    """
    is_open = invitation is not None and invitation.is_open_at(now) and invitation.version == version
    if not is_open or invitation is None or invitation.chair_is_another:
        raise Refused(
            "gone",
            _(
                "The invitation has ended, and nothing has changed. If the chair has asked you "
                "again, press the button in our latest email. If not, ask the chair."
            ),
        )


@transaction.atomic
def accept_deputy(*, invitation: DeputyInvitation, version: int, now: dt.datetime, phone: str = "") -> None:
    """Make the deputy of somebody who has the email with the link, and store the number that they give if we know none
    of them; a second time nothing happens.

    Refused: as `check_invitation`, same_person as the chair, or elsewhere: their mailbox belongs to another
    partnership's portal.
    """
    organisations.lock_with_person(invitation.association, invitation.asked_by)
    asked = DeputyInvitation.objects.filter(pk=invitation.pk).select_related("association", "asked_by").first()
    check_invitation(asked, version, now)
    if asked is None or not asked.waits:
        return
    association, former = asked.association, asked.association.deputy
    deputy = organisations.name_deputy(organisation=association, name=asked.name, email=asked.email, by=asked.asked_by)
    asked.accepted_at = now
    asked.save(update_fields=["accepted_at"])
    refuse_held_back(deputy, now)
    posting_wishes.forget_invitation(asked.pk, now)
    if deputy and phone and not deputy.phone:
        # Whoever reads a forwarded email does not replace the number that we know of somebody.
        give_number(deputy, phone)
    if deputy:
        verify_mailbox(deputy, now)
        begin_with_new_deputy(association, former, now)
        posting_wishes.tell_about_deputy(association, "deputy_named", deputy, now)
        posting_wishes.tell_about_deputy(association, "deputy_accepted", association.chair, now)
        posting_wishes.tell_about_deputy(association, "deputy_ended", former, now)


@transaction.atomic
def decline_deputy(*, invitation: DeputyInvitation, version: int, now: dt.datetime) -> None:
    """End the invitation of somebody who says no, and tell the chair. Refused: as `check_invitation`, or already_is
    the deputy.
    """
    organisations.lock_with_person(invitation.association, invitation.asked_by)
    asked = DeputyInvitation.objects.filter(pk=invitation.pk).select_related("association", "asked_by").first()
    check_invitation(asked, version, now)
    if asked is None or not asked.waits:
        raise Refused("already_is", _("You are the deputy already. You can end that on your own page."))
    posting_wishes.forget_invitation(asked.pk, now)
    asked.delete()
    posting_wishes.tell_about_deputy(invitation.association, "deputy_declined", asked.asked_by, now)


@transaction.atomic
def take_back_invitation(*, association: Organisation, by: User, now: dt.datetime) -> None:
    """End the link that somebody was asked with. Refused: not_yours."""
    asked = DeputyInvitation.objects.filter(association=_locked(association, by), accepted_at__isnull=True).first()
    if asked:
        posting_wishes.forget_invitation(asked.pk, now)
        asked.delete()


@transaction.atomic
def end_deputy(*, association: Organisation, by: User, now: dt.datetime) -> None:
    """Let the association have no deputy, as the chair or the deputy wishes, and tell the other. Somebody who has been
    asked may still say yes. Refused: not_yours.
    """
    association = still_there(Organisation.objects.select_for_update(no_key=True), association.pk)
    chair, deputy = association.chair, association.deputy
    if by not in (chair, deputy):
        raise Refused("not_yours", _("Only the chair or the deputy can end that."))
    association.contacts.filter(role=OrganisationContact.Role.DEPUTY).delete()
    DeputyInvitation.objects.filter(association=association, accepted_at__isnull=False).delete()
    begin_with_new_deputy(association, deputy, now)
    if by == chair:
        posting_wishes.tell_about_deputy(association, "deputy_ended", deputy, now)
    else:
        posting_wishes.tell_about_deputy(association, "deputy_stepped_down", chair, now)


def _locked(association: Organisation, by: User) -> Organisation:
    association = still_there(Organisation.objects.select_for_update(no_key=True), association.pk)
    if by != association.chair:
        raise Refused("not_yours", _("Only the chair can name a deputy."))
    return association


def too_old_to_accept(now: dt.datetime) -> QuerySet[DeputyInvitation]:
    """Return the invitations whose link no longer works."""
    return DeputyInvitation.objects.filter(asked_at__lte=now - DeputyInvitation.LASTS)
