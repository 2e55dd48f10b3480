"""What `talks` deletes with a person, and what it keeps as a count. Of a talk that took place only its time, format,
area, number of homes and attendance stay; names and everything that people wrote are deleted.
"""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from partnership.people.actions.erasing import Consequence
from partnership.people.actions.organisations import hand_over
from partnership.people.mailboxes import own_mailbox
from partnership.people.models import ASSOCIATIONS, Organisation, User
from partnership.people.rules import may_see_person
from talks.actions.associations import begin_with_new_chair, begin_with_new_deputy
from talks.actions.bookings import cancel
from talks.actions.holding import lock_speakers
from talks.messages.posting_wishes import tell_about_deputy, tell_coordinators_of_contacts
from talks.models import Booking, BookingStep, DeputyInvitation, Feedback, Speaker, TalkWish
from talks.when import when_in_words

S = Booking.State


def lock_talks(person: User) -> None:
    """Lock what actions on talks lock before their chair, deputy or speaker, in the same order: speakers, talks,
    wishes. The organisations come next, as for all of them (people.actions.erasing).
    """
    associations = Organisation.objects.filter(contacts__person=person).values("pk")
    talks = Booking.objects.filter(Q(association__in=associations) | Q(speaker__person=person))
    own = Speaker.objects.filter(person=person).values_list("pk", flat=True)
    lock_speakers(*own, *talks.values_list("speaker", flat=True))
    list(talks.select_for_update(no_key=True, of=("self",)).order_by("pk").values_list("pk"))
    wishes = TalkWish.objects.filter(association__in=associations)
    list(wishes.select_for_update(no_key=True, of=("self",)).order_by("pk").values_list("pk"))


def end_talks_of_chair(person: User, now: dt.datetime) -> None:
    """Let the deputies take over. Where there is none, cancel the chair's coming talks, so that the speaker is told,
    and delete the chair's words from the others.

    An association without a remaining talk is deleted with its chair; the others lose their names
    (people.actions.organisations).
    """
    handed_over = hand_over(person)
    _forget_words(person, handed_over, now)
    for association in handed_over:
        tell_about_deputy(association, "chair_now", association.chair, now)
        begin_with_new_deputy(association, association.chair, now)
        begin_with_new_chair(association, None, now)
        tell_coordinators_of_contacts(association, now, is_erased=True)
    associations = Organisation.objects.chaired_by(person).filter(kind__in=ASSOCIATIONS)
    asked = Booking.objects.filter(association__in=associations)
    ahead = list(asked.filter(state=S.CONFIRMED, starts_at__gt=now))
    for booking in ahead:
        cancel(booking=booking, by=person, now=now, is_erased=True)
    # The email to the speaker is rendered when it is sent, from the row as it is then.
    stays = Q(state__in=[S.TOOK_PLACE, S.CONFIRMED]) | Q(pk__in=[booking.pk for booking in ahead])
    kept = list(asked.filter(stays).values_list("pk", flat=True))
    TalkWish.objects.filter(association__in=associations).delete()
    asked.exclude(pk__in=kept).delete()
    Feedback.objects.filter(booking__in=kept).delete()
    BookingStep.objects.filter(booking__in=kept).update(why="")
    Booking.objects.filter(pk__in=kept).update(place="", seen_place="", note="", phone="", name="", homes=None)


def _forget_words(person: User, associations: list[Organisation], now: dt.datetime) -> None:
    """Delete what the person has written about talks that stay with their deputy; a note for a coming talk stays."""
    talks = Booking.objects.filter(association__in=associations)
    Feedback.objects.filter(booking__in=talks).update(words="")
    BookingStep.objects.filter(booking__in=talks, by=person).update(why="")
    talks.filter(ends_at__lte=now).update(note="")


def remove_speaker_from_ended_talks(person: User, now: dt.datetime) -> None:
    """Remove a speaker from ended talks. A coming talk prevents erasing: another speaker must take it first."""
    Booking.objects.filter(speaker__person=person, state__in=Booking.ENDED).update(speaker=None)


def consequences_for_talks(person: User, now: dt.datetime) -> Iterator[Consequence]:
    """What becomes of the talks ahead that the person has asked for, and of those that they are to give."""
    ahead = Booking.objects.with_names().filter(state=S.CONFIRMED, ends_at__gt=now).order_by("starts_at")
    led = Organisation.objects.chaired_by(person).filter(kind__in=ASSOCIATIONS)
    # One that has begun takes place.
    for booking in ahead.filter(association__in=led, starts_at__gt=now):
        yield _what_becomes_of(booking, person)
    for association in led.select_related("partnership").with_contacts():
        yield from _what_becomes_of_others(association)
    for booking in ahead.filter(speaker__person=person):
        about = {"when": when_in_words(booking, booking.partnership), "association": booking.association.title}
        sentence = _("You have promised a talk on %(when)s at %(association)s. Somebody else must give it first.")
        to_staff = _("They have promised a talk on %(when)s at %(association)s. Somebody else must give it first.")
        yield Consequence(sentence % about, to_staff % about, prevents=True)


def _what_becomes_of(booking: Booking, person: User) -> Consequence:
    about = {"when": when_in_words(booking, booking.partnership), "association": booking.association.title}
    deputy = booking.association.deputy
    if deputy:
        is_named = may_see_person(person, deputy)
        named = _("The talk on %(when)s takes place: %(deputy)s takes over as contact person for %(association)s.")
        unnamed = _("The talk on %(when)s takes place: the deputy takes over as contact person for %(association)s.")
        by_name = named % {**about, "deputy": deputy.name}
        return Consequence(by_name if is_named else unnamed % about, by_name)
    ends = _("The talk on %(when)s will be cancelled, and the speaker will be told.") % about
    return Consequence(f"{ends} {_name_a_deputy(about, booking.association)}", f"{ends} {_enter_a_deputy(about)}")


def _name_a_deputy(about: dict[str, str], association: Organisation) -> str:
    if association.chair and not association.chair.email:
        # They log in with a code by letter or text message, which opens no page on which a deputy is named.
        call = _(
            "If it should stay, first call %(name)s on %(phone)s, and name a deputy for %(association)s, who takes "
            "over."
        )
        return call % (about | association.partnership.call_us)
    return _("If it should stay, first name a deputy for %(association)s on your page, who takes over.") % about


def _enter_a_deputy(about: dict[str, str]) -> str:
    return (
        _(
            "If it should stay, an administrator first enters a deputy for %(association)s, who takes over. The way "
            "there is on the page of the person, under “Who it is”."
        )
        % about
    )


def _what_becomes_of_others(association: Organisation) -> Iterator[Consequence]:
    """What becomes of requests and wishes that wait for an answer, and of talks that took place."""
    about = {"association": association.title}
    waits = Booking.objects.filter(association=association, state__in=[S.REQUESTED, S.OFFERED]).exists()
    if waits or TalkWish.objects.waiting().filter(association=association).exists():
        if association.deputy:
            sentence = _("What you have asked for stays: the deputy takes over as contact person for %(association)s.")
            to_staff = _("What they have asked for stays: the deputy takes over as contact person for %(association)s.")
            yield Consequence(sentence % about, to_staff % about)
        else:
            sentence = _("What you have asked for, and we have not agreed on yet, is withdrawn.")
            to_staff = _("What they have asked for, and we have not agreed on yet, is withdrawn.")
            yield Consequence(
                f"{sentence} {_name_a_deputy(about, association)}", f"{to_staff} {_enter_a_deputy(about)}"
            )
    took_place = Booking.objects.filter(association=association, state=S.TOOK_PLACE)
    if not association.deputy and took_place.exists():
        sentence = _("The talks that took place stay only as numbers, without names and what you wrote.")
        to_staff = _("The talks that took place stay only as numbers, without names and what they wrote.")
        yield Consequence(sentence, to_staff)


def delete_invitations_to_deputy(person: User, now: dt.datetime) -> None:
    """Delete what chairs have typed about the person, and tell those whose deputy they were. Invitations by the person
    are deleted with them; those to a mailbox that they have never used may be somebody else's, and stay.
    """
    for association in Organisation.objects.deputised_by(person).select_related("partnership").with_contacts():
        tell_about_deputy(association, "deputy_stepped_down", association.chair, now)
    if mailbox := own_mailbox(person):
        DeputyInvitation.objects.filter(email=mailbox).delete()
