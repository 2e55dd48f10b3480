"""A page or a message about a talk says whom to call, why it came to nothing, and how to ask again."""

import pytest

from partnership.outbox.channels.sms import text_of
from partnership.people.models import User
from partnership.tests.cast import NOW, Cast, person, slot, speaker, visit
from talks.actions import bookings, offers, place_facts, wishes
from talks.models import Booking, DaysAway
from talks.tests.bookings import confirmed, mail, requested, unverified
from talks.tests.test_access import at
from talks.tests.test_wishes import wished
from talks.tests.test_words import said

WHY = "The hall is closed that week."


@pytest.fixture(autouse=True)
def _all_read_english(cast: Cast) -> None:
    User.objects.update(language="en")
    for one in cast.everyone().values():
        one.refresh_from_db()


def page(who: User, name: str, *args: object) -> str:
    shown = visit(who).get(at(name, *args).replace("/da/", "/en/", 1)).content.decode()
    return " ".join(shown.partition("<main")[2].partition("</main")[0].split())


def ended(cast: Cast, how: str) -> Booking:
    booking = Booking.objects.with_names().get(pk=requested(cast).pk)
    if how == "declined":
        return bookings.decline(booking=booking, by=cast.karen, why=WHY, now=NOW)
    return bookings.cancel(booking=booking, by=cast.karen, why=WHY, now=NOW)


@pytest.mark.parametrize("how", ["declined", "cancelled"])
def test_the_page_of_a_talk_that_came_to_nothing_says_why_and_leads_on(cast: Cast, how: str) -> None:
    shown = page(cast.ruth, "booking", ended(cast, how).pk)
    assert f"The reason: {WHY}" in shown
    assert "See free evenings" in shown
    assert "?again=" in shown


def test_the_mail_that_no_evening_suited_leads_to_the_filled_in_form(cast: Cast) -> None:
    booking = offers.offer(booking=requested(cast), slots=[slot(cast.speaker, days=40)], by=cast.karen, now=NOW)
    offers.decline_offer(booking=booking, by=cast.ruth, now=NOW)
    form = visit(None).get("/" + said("none_suited", cast.ruth).button[1].split("/", 3)[3]).content.decode()
    assert 'value="Vorup Grundejerforening"' in form


def test_the_mail_about_a_wish_leads_to_the_own_page(cast: Cast) -> None:
    wished(cast)
    assert said("wish_received", cast.ruth).button[1].endswith("/me/")


def test_a_chair_has_somebody_to_call_on_the_day_though_the_speaker_has_no_telephone(cast: Cast) -> None:
    booking = confirmed(cast)
    for words in (said("confirmed", cast.ruth), said("reminder_1day", cast.ruth)):
        assert cast.randers.contact_name in dict(words.facts)["On the day, call"]
    assert "On the day, call" in page(cast.ruth, "booking", booking.pk)
    User.objects.filter(pk=cast.sven.pk).update(phone="20 30 40 50")
    assert "On the day, call" not in dict(said("confirmed", cast.ruth).facts)
    assert "On the day, call" not in page(cast.ruth, "booking", booking.pk)


def test_staff_see_how_to_reach_the_speaker_of_a_talk_and_none_before_one_is_chosen(cast: Cast) -> None:
    User.objects.filter(pk=cast.sven.pk).update(phone="20 30 40 50")
    shown = page(cast.karen, "answer", confirmed(cast).pk)
    assert f"mailto:{cast.sven.email}" in shown
    assert "20304050" in shown.replace("\xa0", "").replace(" ", "")
    booking = wishes.offer(wish=wished(cast), slots=[slot(cast.speaker, days=40)], by=cast.karen, now=NOW)
    assert f"mailto:{cast.sven.email}" not in page(cast.karen, "answer", booking.pk)


@pytest.mark.parametrize("kind", ["cancelled", "declined", "offered"])
def test_a_text_message_has_the_reason_that_staff_wrote(cast: Cast, kind: str) -> None:
    if kind == "offered":
        offers.offer(booking=requested(cast), slots=[slot(cast.speaker, days=40)], by=cast.karen, now=NOW, why=WHY)
    else:
        ended(cast, kind)
    text = text_of(mail(kind, cast.ruth)[0], said(kind, cast.ruth))
    assert WHY in text
    if kind == "offered":
        assert "Choose no later than: Sunday 29 November 2026" in text


@pytest.mark.parametrize("kind", ["confirmed", "reminder_7days", "reminder_1day"])
def test_both_sides_of_an_online_talk_read_who_sends_the_link_and_by_when(cast: Cast, kind: str) -> None:
    confirmed(cast, format="online", place="")
    told_speaker, told_chair = (" ".join(said(kind, reader).paragraphs) for reader in (cast.sven, cast.ruth))
    is_soon = kind == "reminder_1day"
    send = "today, if you have not done so." if is_soon else "no later than the day before."
    assert f"Send the link to your contact {send}" in told_speaker
    assert f"The speaker sends you the link{'.' if is_soon else ' no later than the day before.'}" in told_chair


def test_of_an_online_talk_nobody_is_told_about_steps_and_screens(cast: Cast) -> None:
    booking = confirmed(cast, format="online", place="", is_accessible=None)
    assert "without steps" not in page(cast.karen, "answer", booking.pk)
    assert "Who may come" in page(cast.karen, "answer", booking.pk)


def test_staff_choose_among_speakers_who_come_to_the_association(cast: Cast) -> None:
    far = speaker(person("Birgit", cast.randers))
    far.areas.set([cast.dronningborg])
    shown = page(cast.karen, "answer_wish", wished(cast).pk)
    assert ("Sven" in shown, "Birgit" in shown) == (True, False)
    assert "Birgit" in page(cast.karen, "answer_wish", wished(cast, format="online", place="").pk)


def test_posters_are_called_to_mind_when_a_talk_is_cancelled_or_gets_another_evening(cast: Cast) -> None:
    posters = "Have you put up posters? Please take them down."
    first, second = confirmed(cast), confirmed(cast, slot(cast.speaker, days=30))
    bookings.cancel(booking=first, by=cast.karen, now=NOW)
    assert posters in said("cancelled", cast.ruth).paragraphs
    assert posters not in said("cancelled", cast.sven).paragraphs
    assert posters in page(cast.ruth, "booking", first.pk)
    offers.offer(booking=second, slots=[slot(cast.speaker, days=40)], by=cast.karen, now=NOW)
    assert posters in said("offered", cast.ruth).paragraphs


def test_a_speaker_reads_of_planned_talks_only_where_there_are_some(cast: Cast) -> None:
    def marks(day: str) -> str:
        boxes = {f"{name}_{n}": part for name in ("first_on", "last_on") for n, part in enumerate(day.split("-"))}
        away = at("stay_away").replace("/da/", "/en/", 1)
        return visit(cast.sven).post(away, {"speaker": cast.speaker.pk, **boxes}, follow=True).content.decode()

    confirmed(cast)
    assert "We tell the coordinator of them" not in marks("13-12-2026")
    assert "We tell the coordinator of them" in marks("14-12-2026")
    assert DaysAway.objects.count() == 2


def test_a_speaker_who_cannot_come_reads_that_the_day_is_marked(cast: Cast) -> None:
    booking, other = confirmed(cast), slot(cast.speaker, days=40)
    there = at("call_off", booking.pk).replace("/da/", "/en/", 1)
    shown = visit(cast.sven).post(there, {"slots": [other.pk]}, follow=True).content.decode()
    assert "The day is marked as one without talks." in shown


def test_staff_who_call_off_read_that_both_are_told_and_what_becomes_of_the_talk(cast: Cast) -> None:
    booking = confirmed(cast)
    there = at("call_off", booking.pk).replace("/da/", "/en/", 1)
    shown = visit(cast.karen).post(there, {"cancels": "on", "sure": "yes"}, follow=True).content.decode()
    assert "The talk is cancelled. Chair and speaker each get an email." in shown


@pytest.mark.parametrize("where", ["book", "wish"])
def test_a_chair_who_is_logged_in_need_not_type_what_we_know(cast: Cast, where: str) -> None:
    slot(cast.speaker, days=30)
    shown = page(cast.ruth, where)
    for known in ("Vorup Grundejerforening", cast.ruth.email, "120"):
        assert f'value="{known}"' in shown
    assert cast.ruth.email not in page(cast.helle, where)


@pytest.mark.parametrize("of_a_wish", [True, False])
def test_the_homes_that_a_chair_types_are_the_associations_once_they_confirm(cast: Cast, of_a_wish: bool) -> None:
    cast.association.refresh_from_db()
    case = wished(cast, verified=False, homes=30) if of_a_wish else unverified(cast, homes=30)
    cast.association.refresh_from_db()
    assert cast.association.homes == 120
    if of_a_wish:
        wishes.verify_wish(wish=case, now=NOW)
    else:
        bookings.verify(booking=case, now=NOW)
    cast.association.refresh_from_db()
    assert cast.association.homes == 30


def test_a_place_that_waits_for_staff_is_not_said_to_stand_on_the_public_page_nor_are_its_steps(cast: Cast) -> None:
    booking = confirmed(cast, is_public=True, is_accessible=True)
    assert "a public page shows the place and the time." in " ".join(said("confirmed", cast.ruth).paragraphs)
    place_facts.change_place_facts(booking=booking, facts={"place": "The school"}, by=cast.ruth, now=NOW)
    bookings.move(booking=booking, slot=slot(cast.speaker, days=30), by=cast.ruth, now=NOW)
    told = " ".join(said("moved", cast.ruth).paragraphs)
    assert "shows the place and the time" not in told
    assert "the place once we have looked at it" in told
    assert "without steps" not in page(cast.ruth, "open", booking.pk)
