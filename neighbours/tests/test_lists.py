"""Bringing in a list of helpers from a file: what is shown, what is added, and whom we know already."""

import datetime as dt
import uuid

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from neighbours.actions import cards, lists, undoing_lists
from neighbours.models import BroughtHelper, Helper, HelperList, HelperStep, ReplyCard
from neighbours.tests import builders as make
from neighbours.tests.list_files import HEAD, LISTS, POUL, VERA, a_file, added, brought, sent
from partnership import clock
from partnership.fields.codes import typed_code
from partnership.outbox.models import Message
from partnership.outbox.queue.final_check import final_check
from partnership.paper import printed_codes
from partnership.people.actions.erasing import erase
from partnership.people.models import Consent, LookUp, User
from partnership.people.own.sections import sections_of
from partnership.refusals import Refused
from partnership.tests.cast import visit

# Drawn or counted anew for each row, or whose it is.
OF_EACH = {
    "id",
    "submission",
    "invitation",
    "person",
    "helper",
    "household",
    "joined_at",
    "confirmed_at",
    "at",
    "password",
}


@pytest.fixture
def doors(cast):
    return [make.home(cast.vorup, number) for number in ("12", "14")]


def shown(cast, *lines: str, head: str = HEAD, language: str = "da") -> str:
    """Return the page on which staff look through a file."""
    answer = visit(cast.karen).post(f"/{language}{LISTS[3:]}", sent(a_file(*lines, head=head)), follow=True)
    return answer.content.decode()


def test_a_file_is_shown_first_and_adds_nobody(cast, doors):
    page = shown(cast, VERA, POUL)
    assert "Vera Vestergaard" in page
    assert "Eksempelvej 14, 8900" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert not Helper.objects.exists()
    assert not Message.objects.exists()
    assert HelperList.objects.get().is_read


def test_one_press_adds_them_all(cast, doors):
    karen = visit(cast.karen)
    page = karen.post(LISTS, sent(a_file(VERA, POUL))).url
    assert karen.post(page, {"consent": "on"}).url == page
    assert [helper.person.name for helper in Helper.objects.confirmed().order_by("pk")] == [
        "Vera Vestergaard",
        "Poul Papir",
    ]
    assert "2" in karen.get(page).content.decode()
    assert HelperList.objects.get().added == 2


def test_nobody_is_added_before_staff_say_that_all_have_said_yes(cast, doors):
    karen = visit(cast.karen)
    page = karen.post(LISTS, sent(a_file(VERA))).url
    assert karen.post(page).status_code == 400
    assert not Helper.objects.exists()


def test_whoever_is_added_is_as_after_a_slip(cast, doors):
    """The two ways write the same rows."""
    slip = make.slip(cast.karen, doors[0], name="Rosa Ravn", email="rosa@randers.example", phone="")
    bare = make.slip(cast.karen, doors[1], name="Sara Sand", phone="12 34 56 70")
    added(cast.karen, VERA, POUL)
    for name, other in (("Vera Vestergaard", slip), ("Poul Papir", bare)):
        helper = Helper.objects.get(person__name=name)
        own = {"name", "email", "phone"}
        assert same(helper.person, other.person, besides=own)
        assert same(helper, other, besides={"medium"})
        assert same(helper.steps.get(), other.steps.get(), besides={"medium"})
        assert same(helper.person.consents.get(), other.person.consents.get(), besides=set())
        assert emails(helper.person) == emails(other.person)
        assert helper.household.area == doors[0].area


def same(one, other, *, besides: set[str]) -> bool:
    names = {field.name for field in one._meta.concrete_fields} - OF_EACH - besides - {"phone_changed_at"}
    differ = {name for name in names if getattr(one, name) != getattr(other, name)}
    assert differ == set(), {name: (getattr(one, name), getattr(other, name)) for name in differ}
    return True


def emails(person: User) -> list[tuple]:
    return list(EmailAddress.objects.filter(user=person).values_list("primary", "verified"))


def test_the_consent_has_the_day_and_the_medium_of_the_file(cast, doors):
    added(cast.karen, POUL.replace("12-11-2026;på papir", "2026-11-13;i telefon"))
    consent = Consent.objects.get()
    assert (clock.local(consent.at).date(), consent.medium) == (dt.date(2026, 11, 13), "phone")
    assert (consent.written_by, consent.wording.language) == (cast.karen, "da")


def test_steps_say_who_brought_the_list_in(cast, doors):
    found = added(cast.karen, VERA)
    assert [(step.to_state, step.by) for step in found.steps.all()] == [("read", cast.karen), ("added", cast.karen)]
    assert (HelperStep.objects.get().by, HelperStep.objects.get().medium) == (cast.karen, "list")


def test_a_list_is_not_among_the_slips_of_today(cast, doors):
    added(cast.karen, VERA)
    assert "Vera" not in visit(cast.karen).get("/da/staff/slips/").content.decode()


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_the_notice_by_email_says_where_from_and_nothing_about_them(cast, doors, language):
    head = f"{HEAD};Sprog"
    lists.add_list(
        helper_list=brought(cast.karen, a_file(f"{VERA};{language}", head=head)), by=cast.karen, now=clock.now()
    )
    message = Message.objects.get()
    with translation.override(language):
        words = final_check(message, clock.now()).words
    said = " ".join(words.paragraphs)
    assert "Møde i hallen 12. november" in said
    assert "Bo Trygt! i Randers Kommune" in said
    assert "Vera" not in str(words)
    assert "Eksempelvej" not in str(words)
    assert words.button[1].endswith("/me/")


def test_the_notice_by_letter_has_the_first_three_things_and_whom_to_call(cast, doors):
    added(cast.karen, POUL)
    decision = final_check(Message.objects.get(), clock.now())
    assert decision.channel == "letter"
    said = " ".join(decision.words.paragraphs)
    for words in ("Møde i hallen 12. november", "12. november 2026", "3. ", "Datatilsynet"):
        assert words in said.replace("\N{WORD JOINER}", "")
    assert "12 34 56 78" in said.replace("\N{NO-BREAK SPACE}", " ")


def test_the_letter_brings_a_card_that_counts_when_it_comes_back(cast, doors):
    added(cast.karen, POUL, VERA)
    poul = Helper.objects.get(person__name="Poul Papir")
    message = Message.objects.get(recipient=poul.person)
    with translation.override("da"):
        card = final_check(message, clock.now()).words.card
    assert ReplyCard.objects.get().helper == poul, "who has a page of their own needs no card"
    digits = typed_code(card.number.rpartition(" ")[0], digits=printed_codes.CARD_DIGITS)
    told = {"boxes": ["1"], "day": clock.today(), "submission": uuid.uuid4()}
    cards.note(here=cast.randers, digits=digits, by=cast.karen, now=clock.now(), **told)
    assert list(Helper.objects.active(clock.today())) == [poul]


def test_a_notice_is_posted_once_for_each(cast, doors):
    found = added(cast.karen, VERA, POUL)
    lists.add_list(helper_list=found, by=cast.karen, now=clock.now())
    assert Message.objects.count() == 2


def test_somebody_known_is_left_out_and_does_not_change(cast, doors):
    make.helper(cast.helle, doors[0])
    before = User.objects.filter(pk=cast.helle.pk).values().get()
    line = VERA.replace("vera@randers.example", cast.helle.email).replace("Eksempelvej 12", "Eksempelvej 14")
    page = shown(cast, line, POUL, language="en")
    assert "1 whom we know already" in page
    assert f"/people/{cast.helle.pk}/" in page
    added(cast.karen, line, POUL)
    assert User.objects.filter(pk=cast.helle.pk).values().get() == before
    assert BroughtHelper.objects.count() == 1


def test_who_of_the_known_is_shown_stands_in_their_log(cast, doors):
    shown(cast, VERA.replace("vera@randers.example", cast.helle.email))
    assert LookUp.objects.filter(by_id=cast.karen.pk, person_id=cast.helle.pk, seen_on="slip").count() == 1


@pytest.mark.parametrize(
    "line",
    [
        "Poul Papir;;;Eksempelvej 14;8900;Møde;12-11-2026;på papir",
        "Papir, Poul;;;Eksempelvej 14;8900;Møde;12-11-2026;på papir",
        "Poul Papir;;+45 12345678;Eksempelvej 12;8900;Møde;12-11-2026;på papir",
    ],
)
def test_a_helper_from_a_slip_is_known_by_name_and_home_or_number(cast, doors, line):
    make.slip(cast.karen, doors[1])
    assert "kender vi i forvejen" in shown(cast, line)
    with pytest.raises(Refused) as refused:
        added(cast.karen, line)
    assert refused.value.reason == "nothing_to_add"


def test_another_name_of_a_known_mailbox_is_known(cast, doors):
    line = VERA.replace("vera@randers.example", "helle+liste@randers.example")
    with pytest.raises(Refused):
        added(cast.karen, line)


def test_a_protected_person_is_told_apart_from_nobody(cast, doors):
    make.slip(cast.karen, doors[1], is_protected=True)
    page = shown(cast, POUL.replace("Eksempelvej 14", "Eksempelvej 12"), language="en")
    assert "1 whom we know already" in page
    assert "Eksempelvej 14" not in page


def test_where_somebody_protected_lives_does_not_stand_on_the_page(cast, doors):
    page = shown(cast, f"{POUL};ja", head=f"{HEAD};Beskyttet")
    assert "Poul Papir" in page
    assert "Eksempelvej 14" not in page
    assert "34 56" not in page.partition("<footer")[0].partition("<main")[2].partition("form-card")[0]


def test_of_very_many_the_page_shows_the_first(cast, doors):
    said_yes = "Eksempelvej 12;8900;Møde;12-11-2026;på papir"
    names = [f"{chr(97 + n // 26)}{chr(97 + n % 26)}bo" for n in range(260)]
    page = shown(cast, *(f"{name} Nord;;;{said_yes}" for name in names[:120]), *["Ole;;;;;;;"] * 140, language="en")
    assert "120 who will be neighbour helpers" in page
    assert "Page 1 of 3" in page
    assert "140 lines that cannot be added" in page
    assert page.count("<strong>Ole</strong>") == 100
    assert "These are the first ones." in page


def test_protection_in_the_file_counts_from_the_first_moment(cast, doors):
    lists.add_list(
        helper_list=brought(cast.karen, a_file(f"{POUL};ja", head=f"{HEAD};Navne- og adressebeskyttelse")),
        by=cast.karen,
        now=clock.now(),
    )
    assert User.objects.get(name="Poul Papir").is_protected


def test_a_mailbox_of_another_partnership_is_refused_and_its_owner_reads_of_it(cast, doors):
    page = shown(cast, VERA.replace("vera@randers.example", cast.gunnar.email), language="en")
    assert "This email address cannot be used here" in page
    assert "Gunnar" not in page
    assert LookUp.objects.get(person_id=cast.gunnar.pk).seen_on == "typed"


def test_the_same_person_twice_in_a_file_is_one(cast, doors):
    page = shown(
        cast, VERA, VERA.replace("vera@", "v.era@"), POUL, POUL.replace("Poul Papir", "Papir, Poul"), language="en"
    )
    assert "Line 2 is the same person" in page
    assert "Line 4 is the same person" in page
    assert "2 who will be neighbour helpers" in page


def test_two_of_one_home_are_both_added(cast, doors):
    added(cast.karen, VERA, POUL.replace("Eksempelvej 14", "Eksempelvej 12"))
    assert Helper.objects.filter(household__address=doors[0]).count() == 2


def test_who_joined_meanwhile_is_left_out(cast, doors):
    found = brought(cast.karen, a_file(VERA, POUL))
    make.ask(cast.randers, doors[0])
    lists.add_list(helper_list=found, by=cast.karen, now=clock.now())
    assert [one.helper.person.name for one in BroughtHelper.objects.all()] == ["Poul Papir"]
    assert Helper.objects.pending().count() == 1


def test_who_is_erased_meanwhile_does_not_come_back(cast, doors):
    line = VERA.replace("Vera Vestergaard", "Helle")
    found = brought(cast.karen, a_file(line, POUL))
    erase(person=cast.helle, by=cast.helle, now=clock.now())
    lists.add_list(helper_list=found, by=cast.karen, now=clock.now())
    assert [one.helper.person.name for one in BroughtHelper.objects.all()] == ["Poul Papir"]


def test_what_the_file_says_is_not_kept_longer_than_needed(cast, doors):
    found = brought(cast.karen, a_file(VERA, POUL.replace("Eksempelvej 14", "Ukendtvej 14")))
    assert "Poul" in str(found.lines)
    found = lists.add_list(helper_list=found, by=cast.karen, now=clock.now())
    assert [line["n"] for line in found.lines] == [3]
    tomorrow = clock.now() + dt.timedelta(days=1, hours=1)
    assert lists.empty_old_lines(now=tomorrow) == 1
    found.refresh_from_db()
    assert found.lines == []


def test_a_list_that_nobody_adds_is_gone_after_the_night(cast, doors):
    brought(cast.karen, a_file(VERA))
    assert lists.delete_abandoned(now=clock.now()) == 0
    assert lists.delete_abandoned(now=clock.now() + dt.timedelta(days=1, hours=1)) == 1
    assert not HelperList.objects.exists()


def test_a_dropped_file_keeps_nothing_and_adds_nobody(cast, doors):
    karen, found = visit(cast.karen), brought(cast.karen, a_file(VERA))
    assert karen.post(f"{LISTS}{found.pk}/discard/").status_code == 302
    found.refresh_from_db()
    assert found.lines == []
    assert karen.get(f"{LISTS}{found.pk}/").status_code == 404
    with pytest.raises(Refused):
        lists.add_list(helper_list=found, by=cast.karen, now=clock.now())


def test_the_same_file_sent_twice_is_read_once(cast, doors):
    karen, form = visit(cast.karen), sent(a_file(VERA))
    first = karen.post(LISTS, form).url
    form["file"].seek(0)
    assert karen.post(LISTS, form).url == first
    assert HelperList.objects.count() == 1


def test_people_read_in_their_own_data_by_which_list_they_came(cast, doors):
    added(cast.karen, VERA)
    person = User.objects.get(name="Vera Vestergaard")
    rows = {section.name: rows for section, rows in sections_of(person)}
    assert rows["neighbours.BroughtHelper"][0].source == "Møde i hallen 12. november"


def test_each_line_costs_one_statement_to_read_and_none_to_add(cast, doors):
    def statements(many: int) -> tuple[int, int]:
        said_yes = "8900;Møde;12-11-2026;på papir"
        lines = [
            f"Navn{chr(97 + n % 26)}{chr(97 + n // 26)} Nord;;;Eksempelvej 1{n % 2 * 2 + 2};{said_yes}"
            for n in range(many)
        ]
        with CaptureQueriesContext(connection) as reading:
            found = brought(cast.karen, a_file(*lines))
        with CaptureQueriesContext(connection) as adding:
            assert lists.add_list(helper_list=found, by=cast.karen, now=clock.now()).added == many
        undoing_lists.take_back(helper_list=found, by=cast.karen, now=clock.now())
        return len(reading), len(adding)

    few, many = statements(10), statements(60)
    assert many[0] - few[0] <= 50
    assert many[1] <= few[1]


def test_staff_read_on_the_page_of_a_person_where_their_details_are_from(cast, doors):
    found = added(cast.karen, VERA)
    helper = Helper.objects.get()
    page = visit(cast.karen)
    page.post(f"/da/staff/people/{helper.person_id}/", {"purpose": "call"})
    text = page.get(f"/da/staff/people/{helper.person_id}/").content.decode()
    assert "Møde i hallen 12. november" in text
    assert f"{LISTS}{found.pk}/" in text
