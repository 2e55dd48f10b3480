"""What messages about talks have in common: their case, whether it is still true, and its facts."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from partnership import clock
from partnership.fields.names import unlinked
from partnership.fields.printed_days import day_in_words
from partnership.fields.printed_languages import name_of
from partnership.fields.printed_numbers import grouped
from partnership.outbox.post import Kind, Message, Words, words
from partnership.people.models import Organisation, User
from partnership.people.rules import may_see_person, speaks_for
from partnership.places.models import Partnership
from talks import links
from talks.languages import spoken_by
from talks.models import Booking, BookingStep, TalkWish
from talks.place_facts import changed_in_words, facts_of_place, no_screen, online, provided
from talks.when import has_own_time, when_in_words
from written.mailboxes import readable

Writer = Callable[[Message, Booking], Words | None]


def about_booking(name: str, *states: str, **how: Any) -> Callable[[Writer], Kind]:
    """Decorate the words of a kind about a booking: sent only while it has one of `states` and an unchanged time. `how`
    is as for `words`.
    """

    def kind_of(write: Writer) -> Kind:
        def look_and_write(message: Message) -> Words | None:
            booking = _booking_of(message)
            if booking is None or booking.state not in states:
                return None
            if message.about.get("starts_at", _hour(booking)) != _hour(booking):
                return None
            if is_for_deputy(message) and not speaks_for(reader_of(message), booking.association):
                return None
            return write(message, booking)

        return words(name, transactional=True, prepare=_look_up_bookings, **how)(look_and_write)

    return kind_of


def _look_up_bookings(messages: Sequence[Message]) -> None:
    """Fetch the bookings of a whole batch at once."""
    bookings = Booking.objects.with_names().in_bulk({message.about["booking"] for message in messages})
    for message in messages:
        message.prepared = bookings.get(message.about["booking"])


def _booking_of(message: Message) -> Booking | None:
    if isinstance(message.prepared, Booking):
        return message.prepared
    return Booking.objects.with_names().filter(pk=message.about["booking"]).first()


def _hour(booking: Booking) -> str:
    return booking.starts_at.isoformat()


def what_and_when(booking: Booking) -> list[tuple[str, str]]:
    """Return only facts in our own words, for an unverified mailbox: its owner may not be the person who typed the
    rest.
    """
    when = [(_("When"), when_in_words(booking, booking.partnership))] if has_own_time(booking) else []
    return [(_("Talk"), str(booking.about.title)), *when]


def facts_of(booking: Booking, as_it_was: Mapping[str, Any] = MappingProxyType({})) -> list[tuple[str, str]]:
    """Return the facts of a talk for an email: kind, time, place and association. `as_it_was` holds the place and the
    association from before the chair was erased.
    """
    return [
        *what_and_when(booking),
        (_("Where"), unlinked(as_it_was.get("place") or place_of(booking))),
        (_("Association"), unlinked(as_it_was.get("association") or booking.association.title)),
    ]


def place_of(case: Booking | TalkWish) -> str:
    """Return where the talk is; of one at an erased association we no longer know it."""
    if case.about.is_online:
        return online()
    return case.place or _("Deleted with the association")


def title_of(message: Message, booking: Booking) -> str:
    """Return the association's name, as it was when its chair was erased."""
    return unlinked(message.about.get("association") or booking.association.title)


def contact_of(case: Booking | TalkWish, reader: User | None) -> list[tuple[str, str]]:
    """Return whom to reach at the association, and in which language, if it is not the partnership's own. Nothing once
    the chair is erased.
    """
    chair = case.association.chair
    if chair is None:
        return []
    language = reads_another(chair, case.partnership) if may_see_person(reader, chair) else ""
    return [
        (_("Contact"), reached(chair, reader, case.partnership)),
        *([(_("Language of the contact"), language)] if language else []),
    ]


def reads_another(person: User, here: Partnership) -> str:
    """Return which language somebody has chosen here, for who calls or writes to them; "" if it is the partnership's
    own.
    """
    return "" if person.language == here.language else _("Reads %(language)s") % {"language": name_of(person.language)}


def reached(person: User, reader: User | None, here: Partnership) -> str:
    """Return who somebody is and how to reach them: through us, if the reader may not see who it is."""
    if not may_see_person(reader, person):
        return put_in_touch(here)
    mailbox = readable(person.email) if person.has_open_mailbox else ""
    if not mailbox and not person.phone:
        return f"{unlinked(person.name)}. {put_in_touch(here)}"
    return ", ".join(filter(None, (unlinked(person.name), mailbox, here.in_groups(person.phone))))


def homes_of(association: Organisation) -> list[tuple[str, str]]:
    """Return how many homes the association has, as a fact; nothing if we do not know."""
    return [(_("Homes"), grouped(association.homes))] if association.homes else []


def speaker_of(booking: Booking, reader: User | None) -> list[tuple[str, str]]:
    """Return who comes, for the chair of a confirmed talk, with the telephone to call on the day; ours, if the speaker
    has none, or the reader may not see who it is.
    """
    if booking.speaker is None:
        return []
    known = [str(booking.speaker), booking.partnership.in_groups(booking.speaker.person.phone)]
    instead = _call_us_on_the_day(booking)
    if not may_see_person(reader, booking.speaker.person):
        known, instead = [put_in_touch(booking.partnership)], []
    if booking.speaker.person.phone:
        instead = []
    languages = spoken_by(booking.speaker, booking.partnership)
    spoken = [(_("Language"), languages)] if languages else []
    return [(_("Speaker"), ", ".join(filter(None, known))), *instead, *spoken]


def _call_us_on_the_day(booking: Booking) -> list[tuple[str, str]]:
    return [(_("On the day, call"), "{name}, {phone}".format(**booking.partnership.call_us))]


def reason_of(why: str) -> list[tuple[str, str]]:
    """Return what staff wrote to the chair: a fact, since a text message has the facts and only one paragraph."""
    return [(_("The reason"), why)] if why else []


def outdated_in_words(here: Partnership) -> str:
    """Return what the chair reads of an answer of ours from before another speaker took the talk."""
    said = _("We wrote this before another speaker took the talk. If it matters to you, call us: %(name)s, %(phone)s.")
    return said % here.call_us


def take_posters_down() -> list[str]:
    """Return the sentence for whoever may have put posters up for a talk that does not take place then."""
    return [_("Have you put up posters? Please take them down.")]


def days_until(message: Message, booking: Booking) -> int:
    """Return how many local days are left when the message is written: none on the day of the talk."""
    return (clock.local(booking.starts_at, booking.partnership.zone).date() - message.written_on).days


def send_the_link(message: Message, booking: Booking, *, for_speaker: bool) -> list[str]:
    """Return who sends the link to an online talk, and by when; nothing for other talks."""
    if not booking.about.is_online:
        return []
    is_soon = days_until(message, booking) < 2
    if for_speaker and is_soon:
        return [_("The talk is online. Send the link to your contact today, if you have not done so.")]
    if for_speaker:
        return [_("The talk is online. Send the link to your contact no later than the day before.")]
    call = _("If you have no link then, call us: %(name)s, %(phone)s.") % booking.partnership.call_us
    sends = _("The talk is online. The speaker sends you the link no later than the day before.")
    if is_soon:
        call = _("If you have no link yet, call us: %(name)s, %(phone)s.") % booking.partnership.call_us
        sends = _("The talk is online. The speaker sends you the link.")
    given = _("Give it to those who come.")
    return [f"{sends} {given} {call}"]


def put_in_touch(here: Partnership) -> str:
    """Return what stands in the place of who somebody is. It does not say why, which would betray it."""
    return _("Call %(name)s on %(phone)s, who puts you in touch.") % here.call_us


def deadline_in_words(case: Booking | TalkWish) -> str:
    """Return the deadline of our answer, in words. Only a verified case has one."""
    if case.answer_by is None:
        raise ValueError(f"{case!r} has no deadline: its email address has not been verified.")
    return day_in_words(case.answer_by)


def reader_of(message: Message) -> User:
    """Return the person that a message is for. Messages about talks are never for a bare mailbox."""
    if message.recipient is None:
        raise ValueError(f"{message!r} has no recipient.")
    return message.recipient


def facts_for_speaker(booking: Booking, reader: User | None) -> list[tuple[str, str]]:
    """Return further facts for the speaker: whom to call, and what the association told about itself and its place."""
    screen, chair = _screen(booking, for_speaker=True), booking.association.chair
    cannot_call = chair is not None and not chair.phone and may_see_person(reader, chair)
    return [
        *facts_of(booking),
        *contact_of(booking, reader),
        *(_call_us_on_the_day(booking) if cannot_call else []),
        *homes_of(booking.association),
        (_("The association provides"), provided(booking)),
        *screen,
        *told_of(booking, excluding=screen),
    ]


def facts_for_staff(booking: Booking, reader: User | None) -> list[tuple[str, str]]:
    """Return further facts for those who answer a request: whom to call, who would come, and what they were told."""
    known = [*facts_of(booking), *contact_of(booking, reader), *homes_of(booking.association)]
    return [*known, (_("Speaker"), str(booking.speaker)), *told_of(booking)]


def facts_told_by_chair(booking: Booking, reader: User | None) -> list[tuple[str, str]]:
    """Return further facts for the chair: also what the association has told us, as it stands now."""
    return [*facts_for_chair(booking, reader), *told_of(booking, excluding=_screen(booking, for_speaker=False))]


def told_of(case: Booking | TalkWish, *, excluding: Sequence[tuple[str, str]] = ()) -> list[tuple[str, str]]:
    """Return what the association has told us about its place, without what `excluding` tells better, and its note."""
    said = {label for label, _words in excluding}
    place = [] if case.about.is_online else [fact for fact in facts_of_place(case) if fact[0] not in said]
    return [*place, *([(_("Note"), unlinked(case.note))] if case.note else [])]


def facts_for_chair(booking: Booking, reader: User | None) -> list[tuple[str, str]]:
    """Return further facts for the chair of a confirmed talk: who comes, and what the association provides."""
    screen = _screen(booking, for_speaker=False)
    return [*facts_of(booking), *speaker_of(booking, reader), (_("You provide"), provided(booking)), *screen]


def _screen(booking: Booking, *, for_speaker: bool) -> list[tuple[str, str]]:
    missing = no_screen(booking, for_speaker=for_speaker)
    return [(_("Screen or projector"), missing)] if missing else []


def changed_of(message: Message, booking: Booking) -> str:
    """Return what is new of place and guests and who changed it, by the step that the message is about."""
    step = BookingStep.objects.filter(pk=message.about["step"], booking=booking).select_related("by").first()
    changed = (step.changed or {}) if step else {}
    words = {"what": changed_in_words(changed)}
    # What people wrote is an object of the sentence; answers are a list of questions.
    is_sentence = set(changed) <= {"place", "note"}
    if step and step.by_id and step.by_id == message.recipient_id:
        return (_("You have changed %(what)s.") if is_sentence else _("You have changed: %(what)s.")) % words
    if step and step.by and not speaks_for(step.by, booking.association):
        return (_("We have changed %(what)s.") if is_sentence else _("We have changed: %(what)s.")) % words
    theirs = _("The association has changed %(what)s."), _("The association has changed: %(what)s.")
    return theirs[0 if is_sentence else 1] % words


def day_of(booking: Booking) -> str:
    """Return the local day of a talk in words, for a subject."""
    return day_in_words(clock.local(booking.starts_at, booking.partnership.zone).date())


def page_of(booking: Booking) -> str:
    """Return the address of the talk's page for its chair, deputy and speaker, who log in to see it."""
    return booking.partnership.url(reverse("talks:booking", args=[booking.pk]))


def public_page_of(booking: Booking) -> list[tuple[str, str]]:
    """Return the link to the page that anybody can read; none for a talk to which not everybody is welcome."""
    if not booking.is_shown_to_all:
        return []
    return [
        (
            _("The talk’s public page, which you can share"),
            booking.partnership.url(reverse("talks:open", args=[booking.pk])),
        )
    ]


def staff_page_of(booking: Booking) -> str:
    """Return the address of the page on which staff answer and handle the talk."""
    return booking.partnership.url(reverse("talks:answer", args=[booking.pk]))


def is_for_deputy(message: Message) -> bool:
    """Return whether a message tells the deputy what the chair is told too."""
    return bool(message.about.get("for_deputy"))


def is_speaker(message: Message, booking: Booking) -> bool:
    """Return whether the message goes to the talk's speaker as it stands now."""
    return booking.speaker is not None and message.recipient_id == booking.speaker.person_id


def to_move(message: Message, booking: Booking) -> tuple[str, str]:
    """Return what stands on the link that moves the talk without a log-in, and its address, for this reader alone."""
    what = _("Would another evening suit you better? Move the talk here")
    return what, links.link(booking, "change", reader_of(message))


def to_cancel(message: Message, booking: Booking) -> tuple[str, str]:
    """Return what stands on the link that cancels the talk without a log-in, and its address, for this reader alone."""
    what = _("Has something come up? Cancel here, and somebody else can have the evening")
    return what, links.link(booking, "cancel", reader_of(message))
