"""The look-up log: every way to read a person's data leaves a row, which nobody changes."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from neighbours.tests import builders as make
from neighbours.tests.test_slips import SLIPS, filled
from partnership import clock
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.staff.letter_batches import make_batch
from partnership.people.actions.erasing import erase
from partnership.people.actions.forgetting import run
from partnership.people.lookups import record
from partnership.people.models import LookUp, User
from partnership.people.scopes import names_of_readers
from partnership.people.tests.looking_up import look_up, open_in_administration, page_of
from partnership.tests.cast import Cast, slot, visit
from talks.tests.bookings import confirmed, mail
from talks.tests.test_wishes import wished

YEAR = dt.timedelta(days=366)


def looked(cast: Cast, now: dt.datetime) -> LookUp:
    record(cast.karen, [cast.frede], purpose="call", seen_on="page", now=now)
    return LookUp.objects.latest("pk")


def pages() -> set[tuple[int, int, str]]:
    return set(LookUp.objects.values_list("by_id", "person_id", "seen_on"))


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_or_delete_a_row(cast: Cast, change: str) -> None:
    row = LookUp.objects.filter(pk=looked(cast, clock.now()).pk)
    with pytest.raises(DatabaseError, match="look-up is never changed"), transaction.atomic():
        row.update(person_id=cast.helle.pk) if change == "update" else row.delete()
    assert row.get().person_id == cast.frede.pk


def test_the_night_deletes_rows_of_two_years_ago_and_no_younger_ones(cast: Cast) -> None:
    now = clock.now()
    old, young = looked(cast, now - 2 * YEAR), looked(cast, now - YEAR)
    assert run(now=now).removed["people.LookUp"] == 1
    assert list(LookUp.objects.all()) == [young]
    assert not LookUp.objects.filter(pk=old.pk).exists()


def test_erasing_somebody_leaves_the_rows_which_then_name_nobody(cast: Cast) -> None:
    looked(cast, clock.now())
    frede = cast.frede.pk
    erase(person=cast.frede, by=cast.frede, now=clock.now())
    assert LookUp.objects.get().person_id == frede
    assert not User.objects.filter(pk=frede).exists()


def test_nobody_looks_themselves_up_and_one_who_is_listed_twice_is_one_row(cast: Cast) -> None:
    record(cast.karen, [cast.karen, cast.frede, cast.frede], purpose="call", seen_on="search", now=clock.now())
    assert pages() == {(cast.karen.pk, cast.frede.pk, "search")}
    assert LookUp.objects.count() == 1


def test_correcting_and_ending_note_the_reader_too(cast: Cast) -> None:
    poul = make.slip(cast.karen, make.home(cast.vorup))
    for page in ("correct/", "leave/"):
        browser = visit(cast.anne)
        assert browser.get(f"/en/staff/helpers/{poul.pk}/{page}").status_code == 200
    rows = LookUp.objects.values_list("by_id", "person_id", "purpose")
    assert list(rows) == [(cast.anne.pk, poul.person_id, "correcting")] * 2


def test_the_administrations_lists_and_pages_note_whom_they_show(cast: Cast) -> None:
    helper = make.helper(cast.helle, make.home(cast.vorup))
    browser = visit(cast.anne)
    open_in_administration(browser, f"/admin/neighbours/helper/{helper.pk}/change/")
    assert pages() == {(cast.anne.pk, cast.helle.pk, "administration")}
    browser.get("/admin/people/user/?q=frede")
    assert (cast.anne.pk, cast.frede.pk, "administration") in pages()
    assert cast.gunnar.pk not in LookUp.objects.values_list("person_id", flat=True)


def test_the_privacy_page_says_that_looking_up_is_noted_and_for_how_long(cast: Cast) -> None:
    seen = " ".join(visit(None).get("/en/privacy/").content.decode().split())
    said = seen.partition("That staff have looked you up: who, when and why")[2].partition("</li>")[0]
    assert "Two years." in said


def test_who_gets_the_file_of_letters_is_noted_with_every_reader(cast: Cast) -> None:
    poul = make.slip(cast.karen, make.home(cast.vorup))
    later = clock.now() + dt.timedelta(days=1)
    deliver(urgent=False, now=later)
    batch = make_batch(partnership=cast.randers, by=cast.karen, now=later)
    assert batch
    assert visit(cast.anne).post(f"/en/staff/messages/letters/{batch.number}/pdf/").status_code == 200
    assert pages() == {(cast.anne.pk, poul.person_id, "letters")}


def test_the_administration_asks_why_before_it_shows_a_person_and_once_a_case(cast: Cast) -> None:
    browser = visit(cast.anne)
    page = f"/admin/people/user/{cast.frede.pk}/"
    for view in ("change", "history", "delete"):
        asked = browser.get(f"{page}{view}/").content.decode()
        assert "Hvorfor åbner du siden?" in asked
        assert cast.frede.email not in asked
        assert cast.frede.name not in asked
    assert not LookUp.objects.exists()
    assert cast.frede.email in open_in_administration(browser, f"{page}change/", "letter_or_slip")
    for view in ("history", "delete"):
        assert cast.frede.name in browser.get(f"{page}{view}/").content.decode()
    rows = LookUp.objects.values_list("by_id", "person_id", "purpose", "seen_on")
    assert list(rows) == [(cast.anne.pk, cast.frede.pk, "letter_or_slip", "administration")] * 3


def test_what_was_said_on_the_page_of_a_person_counts_in_the_administration_too(cast: Cast) -> None:
    browser = visit(cast.anne)
    look_up(browser, cast.frede, purpose="visit")
    assert cast.frede.email in browser.get(f"/admin/people/user/{cast.frede.pk}/change/").content.decode()
    assert set(LookUp.objects.values_list("purpose", "seen_on")) == {("visit", "page"), ("visit", "administration")}


def test_an_invented_purpose_opens_nothing(cast: Cast) -> None:
    page = f"/admin/people/user/{cast.frede.pk}/change/"
    assert cast.frede.email not in open_in_administration(visit(cast.anne), page, "curious")
    assert not LookUp.objects.exists()


def test_rows_that_name_somebody_in_another_field_are_noted_too(cast: Cast) -> None:
    """Chair and deputy of an association, the speaker of an evening, the chair of a talk."""
    free = slot(cast.speaker, days=40)
    talk = confirmed(cast)
    for address, person in (
        (f"/admin/people/organisation/{cast.association.pk}/change/", cast.ruth),
        (f"/admin/talks/slot/{free.pk}/change/", cast.sven),
        (f"/admin/talks/booking/{talk.pk}/change/", cast.ruth),
        (f"/admin/talks/speaker/{cast.speaker.pk}/change/", cast.sven),
    ):
        browser = visit(cast.anne)
        before = LookUp.objects.filter(person_id=person.pk).count()
        assert "Hvorfor åbner du siden?" in browser.get(address).content.decode(), address
        open_in_administration(browser, address)
        assert LookUp.objects.filter(person_id=person.pk).count() == before + 1, address


def test_ones_own_row_is_opened_without_a_reason(cast: Cast) -> None:
    assert cast.anne.email in visit(cast.anne).get(f"/admin/people/user/{cast.anne.pk}/change/").content.decode()
    assert not LookUp.objects.exists()


def test_whom_the_administration_does_not_show_is_not_asked_about(cast: Cast) -> None:
    asked = visit(cast.karen).get(f"/admin/people/user/{cast.frede.pk}/change/")
    assert asked.url.startswith("/admin/login/")
    assert visit(cast.anne).get(f"/admin/people/user/{cast.gunnar.pk}/change/").status_code == 302


def test_a_talk_and_a_request_for_wished_days_record_who_asks_and_who_comes(cast: Cast) -> None:
    booking, wish = confirmed(cast), wished(cast)
    for page in (f"/en/staff/talks/{booking.pk}/", f"/en/staff/talks/wishes/{wish.pk}/"):
        before = LookUp.objects.count()
        assert visit(cast.karen).get(page).status_code == 200
        assert cast.ruth.pk in LookUp.objects.order_by("pk").values_list("person_id", flat=True)[before:]
    assert (cast.karen.pk, cast.sven.pk, "talk") in pages()


def test_a_message_records_to_whom_it_is_on_each_of_its_pages(cast: Cast) -> None:
    confirmed(cast)
    message = mail("confirmed", cast.ruth)[0]
    for number, page in enumerate(("", "html/", "withdraw/"), start=1):
        assert visit(cast.karen).get(f"/en/staff/messages/{message.pk}/{page}").status_code == 200
        assert LookUp.objects.filter(by_id=cast.karen.pk, person_id=cast.ruth.pk, seen_on="message").count() == number


def test_a_page_about_a_talk_does_not_spare_the_question_on_the_page_of_a_person(cast: Cast) -> None:
    browser = visit(cast.karen)
    browser.get(f"/en/staff/talks/{confirmed(cast).pk}/")
    assert "Why do you open the page?" in browser.get(page_of(cast.ruth)).content.decode()


def test_who_calls_is_looked_up_as_a_caller_on_the_page_of_their_talk_too(cast: Cast) -> None:
    browser = visit(cast.karen)
    look_up(browser, cast.ruth)
    browser.get(f"/en/staff/talks/{confirmed(cast).pk}/")
    assert LookUp.objects.get(seen_on="talk", person_id=cast.ruth.pk).purpose == "call"


TALK_PAGES = (
    "/en/talks/bookings/{}/", "/en/talks/bookings/{}/call-off/", "/en/talks/bookings/{}/answers/",
    "/en/staff/talks/{}/", "/en/staff/talks/{}/call/", "/en/staff/talks/{}/call/move/",
    "/en/staff/talks/{}/call/cancel/",
)  # fmt: skip


def test_whoever_has_to_do_with_a_talk_is_looked_up_on_each_page_that_says_who(cast: Cast) -> None:
    # No language of the menu begins like these.
    for who, name in ((cast.ruth, "Ruth Xystus"), (cast.sven, "Sven Xystus")):
        User.objects.filter(pk=who.pk).update(name=name)
    talk, browser = confirmed(cast), visit(cast.karen)
    read = []
    for page in (one.format(talk.pk) for one in TALK_PAGES):
        before = LookUp.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        answer = browser.get(page)
        assert answer.status_code == 200, page
        seen = set(LookUp.objects.filter(pk__gt=before).values_list("person_id", flat=True))
        for who in User.objects.filter(name__endswith="Xystus"):
            if who.name in answer.content.decode():
                read.append(page)
                assert who.pk in seen, (page, who)
    assert len(set(read)) > 2, read


def test_who_reads_their_own_talk_looks_nobody_up(cast: Cast) -> None:
    talk = confirmed(cast)
    for who in (cast.ruth, talk.speaker.person):
        assert visit(who).get(f"/en/talks/bookings/{talk.pk}/").status_code == 200
    assert not LookUp.objects.exists()


def test_nobody_is_looked_up_by_a_program_that_asks_for_the_head_of_a_page(cast: Cast) -> None:
    visit(cast.karen).head(f"/en/staff/talks/{confirmed(cast).pk}/")
    assert not LookUp.objects.exists()


def test_the_list_of_helpers_records_whom_it_shows_and_once_in_half_an_hour(cast: Cast) -> None:
    helper = make.helper(cast.helle, make.home(cast.vorup))
    visit(cast.karen).head("/en/staff/helpers/")
    assert not LookUp.objects.exists()
    for who in (cast.karen, cast.anne):
        for page in ("/en/staff/helpers/", f"/en/staff/helpers/?area={cast.vorup.pk}"):
            assert helper.person.name in visit(who).get(page).content.decode()
    assert sorted(LookUp.objects.values_list("by_id", "person_id", "seen_on")) == sorted(
        (who.pk, cast.helle.pk, "helpers") for who in (cast.karen, cast.anne)
    )


@pytest.mark.parametrize(("medium", "purpose"), [("paper", "letter_or_slip"), ("phone", "call")])
def test_a_slip_that_is_refused_records_whom_it_names(cast: Cast, medium: str, purpose: str) -> None:
    poul = make.slip(cast.karen, make.home(cast.vorup))
    again = filled(name=poul.person.name, phone="", medium=medium)
    assert poul.person.name in visit(cast.anne).post(SLIPS, again).content.decode()
    rows = LookUp.objects.values_list("by_id", "person_id", "purpose", "seen_on")
    assert list(rows) == [(cast.anne.pk, poul.person_id, purpose, "slip")]


def test_the_list_of_shared_mailboxes_records_who_shares_one(cast: Cast) -> None:
    for tag in ("one", "two"):
        User.objects.create(partnership=cast.randers, name=f"Tag {tag}", email=f"helle+{tag}@randers.example")
    assert "Tag one" in visit(cast.anne).get("/en/staff/duplicates/").content.decode()
    shared = User.objects.filter(email__contains="helle").values_list("pk", flat=True)
    assert {(cast.anne.pk, pk, "mailboxes") for pk in shared} == pages()


def test_readers_of_another_partnership_are_not_named(cast: Cast) -> None:
    runs_it_all = User.objects.create_superuser("root@portal.example", "Root")
    readers = [cast.karen.pk, cast.kerstin.pk, runs_it_all.pk]
    assert names_of_readers(readers, cast.randers) == {cast.karen.pk: "Karen", runs_it_all.pk: "Root"}
