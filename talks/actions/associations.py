"""The yearly confirmation of an association's details, and what follows from another chair or deputy."""

import datetime as dt

from django.db import transaction

from partnership import clock
from partnership.people.models import Organisation, User
from partnership.places.models import Partnership
from talks.messages import posting, posting_wishes
from talks.messages.posting_wishes import tell_about_deputy
from talks.models import Booking, TalkWish


@transaction.atomic
def ask_for_the_year(*, partnership: Partnership, now: dt.datetime) -> int:
    """Ask each chair once a year whether the association is as we have it; return how many were asked.

    Due from 1 January, and at most once a year, whenever it runs: the email's key contains the year.
    """
    year = clock.local(now, partnership.zone).year
    waiting = Organisation.objects.unconfirmed(partnership, year).select_related("partnership").with_contacts()
    return sum(posting_wishes.ask_for_the_year(association, year, now) for association in waiting)


def begin_with_new_chair(association: Organisation, former: User | None, now: dt.datetime) -> None:
    """Send the new chair what `former`, unless erased, no longer gets about the talks, and the speakers the contact."""
    # Confirming the mailbox gives the number that was typed to the chair, who is another person now.
    TalkWish.objects.filter(association=association).update(phone="", name="", homes=None)
    Booking.objects.filter(association=association).update(phone="", name="", homes=None)
    for booking in Booking.objects.with_names().filter(association=association):
        if former:
            posting.tell_no_more(former, booking, now)
        posting.tell_new_chair(booking, now)


def begin_with_new_deputy(association: Organisation, former: User | None, now: dt.datetime) -> None:
    """Remind the deputy of the talks ahead, and `former` no longer. Comes before `begin_with_new_chair`, since a deputy
    may become the chair.
    """
    ahead = Booking.objects.with_names().filter(association=association, state=Booking.State.CONFIRMED)
    for booking in ahead.filter(starts_at__gt=now):
        posting.remind_new_deputy(booking, former, now)


def tell_of_contacts(association: Organisation, chair: User | None, deputy: User | None, now: dt.datetime) -> None:
    """Tell everybody concerned that staff have changed who speaks for the association; before, it was `chair` and
    `deputy`.
    """
    if association.deputy != deputy:
        begin_with_new_deputy(association, deputy, now)
    if association.chair != chair:
        begin_with_new_chair(association, chair, now)
        tell_about_deputy(association, "chair_ended", chair, now)
        tell_about_deputy(association, "chair_named", association.chair, now)
    if association.deputy != deputy:
        tell_about_deputy(association, "deputy_named", association.deputy, now)
        if deputy != association.chair:
            tell_about_deputy(association, "deputy_ended", deputy, now)
    if association.chair == chair:
        tell_about_deputy(association, "contacts_changed", chair, now)
    posting_wishes.tell_coordinators_of_contacts(association, now)


def tell_of_new_association(association: Organisation, now: dt.datetime) -> None:
    """Tell chair and deputy that an administrator has written down the association, and what they can do here."""
    tell_about_deputy(association, "chair_named", association.chair, now)
    tell_about_deputy(association, "deputy_named", association.deputy, now)
