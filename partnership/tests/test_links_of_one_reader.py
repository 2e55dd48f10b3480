"""Each link in a message belongs to one person and one mailbox: one table of links and of what ends them.

`opens`: the page, with what it is about. `ended`: 410, by GET and by POST, and nothing is written. `-`: cannot be.
"""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from neighbours.actions.leaving import leave
from neighbours.tests import builders
from partnership import clock
from partnership.outbox import stop_links
from partnership.outbox.models import Message
from partnership.outbox.tests.posted import post_one
from partnership.people.actions.erasing import erase
from partnership.people.actions.mailboxes import change_mailbox
from partnership.people.links import digest_of
from partnership.people.models import Organisation, OrganisationContact, PostalAddress, User
from partnership.tests.cast import NOW, Cast, person, slot, visit
from partnership.tests.written import attempts, tables_of
from talks import links
from talks.actions import calendars, deputies, replacing
from talks.calendars import feeds
from talks.models import Booking, DeputyInvitation, Speaker
from talks.tests.bookings import confirmed, requested, talk_request, unverified
from talks.tests.sent_links import path_of
from talks.tests.test_offers import offered
from talks.tests.test_wishes import DAYS, wished

pytestmark = pytest.mark.django_db
ROLE, NAME = OrganisationContact.Role, "Vorup Grundejerforening"

TABLE = """
link                 unchanged  erased  role_ended  new_mailbox  barred  replaced  elsewhere  too_old
verify               opens      ended   ended       ended        ended   ended     ended      ended
verify_wish          opens      ended   ended       ended        ended   ended     ended      ended
accept               opens      ended   ended       ended        ended   -         ended      ended
cancel               opens      ended   ended       ended        ended   -         ended      ended
change               opens      ended   ended       ended        ended   -         ended      ended
feedback             opens      ended   ended       ended        ended   -         ended      ended
confirm_association  opens      ended   ended       ended        ended   -         ended      ended
again                opens      empty   empty       empty        empty   -         empty      empty
again_by_mail        opens      empty   empty       empty        empty   -         empty      empty
deputy_cancels       opens      ended   ended       ended        ended   -         ended      ended
deputy_moves         opens      ended   ended       ended        ended   -         ended      ended
become_deputy        opens      ended   ended       opens        opens   ended     ended      ended
confirm              opens      gone    ended       gone         -       ended     gone       ended
stop                 opens      ended   -           ended        opens   -         ended      opens
calendar             opens      ended   ended       ended        ended   ended     ended      opens
"""
HEAD, *ROWS = (line.split() for line in TABLE.strip().splitlines())
CELLS = [(row[0], column, cell) for row in ROWS for column, cell in zip(HEAD[1:], row[1:], strict=True) if cell != "-"]
# Links of talks from before they had a reader.
OLDER = [cell for cell in CELLS if cell[0] in links.DAYS and cell[0] not in ("again", "again_by_mail", "become_deputy")]
OUTCOMES = {200: "opens", 410: "ended", 404: "gone"}


@dataclass
class Sent:
    """A link in somebody's mailbox: whose, what its page says, and about what."""

    path: str
    reader: User
    says: str = NAME
    about: object = None
    days: int = 0


# What stands on the pages that do not name the association.
SAYS = {"change": 'name="slot"', "feedback": 'name="useful"'}


def of_talk(purpose: str, make: Callable[[Cast], object], *, by: str = "ruth") -> Callable[[Cast], Sent]:
    def sent(cast: Cast) -> Sent:
        case, reader = make(cast), getattr(cast, by)
        version = case.sequence if purpose == "accept" else 0
        path = path_of(case, purpose, version=version, reader=reader)
        slot(cast.speaker, days=60)
        return Sent(path, reader, SAYS.get(purpose, NAME), about=case, days=links.DAYS[purpose])

    return sent


def again(cast: Cast) -> Sent:
    booking = requested(cast)
    path = f"/da/talks/wish/?again={links.again(booking, cast.ruth)}"
    return Sent(path, cast.ruth, f'value="{NAME}"', about=booking, days=1)


def again_by_mail(cast: Cast) -> Sent:
    booking = requested(cast)
    path = "/" + links.form_for_wishes(booking, cast.ruth).split("/", 3)[3]
    return Sent(path, cast.ruth, f'value="{NAME}"', about=booking, days=60)


def invitation(cast: Cast) -> Sent:
    """The reader of a link to become the deputy may be nobody yet; who asks is the chair."""
    deputies.ask_deputy(association=cast.association, name="H.", email=cast.helle.email, by=cast.ruth, now=clock.now())
    asked = DeputyInvitation.objects.get()
    path = path_of(asked, "become_deputy", version=1)
    return Sent(path, cast.ruth, about=asked, days=links.DAYS["become_deputy"])


def to_helper(cast: Cast) -> Sent:
    helper = builders.ask(cast.randers, builders.home(cast.vorup))
    path = f"/da/neighbours/confirm/{builders.token(helper)}/"
    return Sent(path, helper.person, says="Eksempelvej 12", about=helper, days=14)


def to_stop(cast: Cast) -> Sent:
    message = Message.objects.get(pk=post_one(cast.randers, cast.helle).pk)
    path = "/" + stop_links.stop_url(message, message.to_mailbox).split("/", 3)[3]
    return Sent(path, cast.helle, says='button-primary" type="submit"', days=400)


def calendar(cast: Cast) -> Sent:
    confirmed(cast)
    feed = calendars.renew(person=cast.helle, partnership=cast.randers, kind="speaker", now=NOW)
    Speaker.objects.create(partnership=cast.randers, person=cast.helle, formats=["burglary"])
    return Sent("/" + feeds.url(feed).split("/", 3)[3], cast.helle, says="BEGIN:VCALENDAR", days=400)


LINKS: dict[str, Callable[[Cast], Sent]] = {
    "verify": of_talk("verify", unverified),
    "verify_wish": of_talk("verify_wish", lambda cast: wished(cast, verified=False)),
    "accept": of_talk("accept", lambda cast: offered(cast, now=clock.now())[0]),
    "cancel": of_talk("cancel", confirmed),
    "change": of_talk("change", confirmed),
    "feedback": of_talk("feedback", confirmed),
    "confirm_association": of_talk("confirm_association", lambda cast: cast.association),
    "again": again,
    "again_by_mail": again_by_mail,
    "deputy_cancels": of_talk("cancel", confirmed, by="frede"),
    "deputy_moves": of_talk("change", confirmed, by="frede"),
    "become_deputy": invitation,
    "confirm": to_helper,
    "stop": to_stop,
    "calendar": calendar,
}


def erased(cast: Cast, sent: Sent) -> None:
    erase(person=sent.reader, by=sent.reader, now=NOW)


def role_ended(cast: Cast, sent: Sent) -> None:
    """Another has what the reader had; a helper leaves, and a speaker gives no more talks."""
    another = person("Another", cast.randers)
    OrganisationContact.objects.filter(person=sent.reader).update(person=another)
    Speaker.objects.filter(person=sent.reader).update(is_active=False)
    if "/confirm/" in sent.path:
        leave(helper=sent.about, by=sent.reader, now=NOW)


def new_mailbox(cast: Cast, sent: Sent) -> None:
    change_mailbox(person=sent.reader, to="new@mailbox.example", now=NOW)


def barred(cast: Cast, sent: Sent) -> None:
    User.objects.filter(pk=sent.reader.pk).update(is_active=False)


def replaced(cast: Cast, sent: Sent) -> None:
    """Another mailbox is typed on the receipt, somebody else is asked, or a new calendar link is made."""
    asked = {"partnership": cast.randers, "language": "da", "now": NOW, "submission": uuid.uuid4()}
    asked |= {"asked": talk_request(cast, email="right@mailbox.example")}
    if "/deputy/" in sent.path:
        invitation(cast)
    elif "/calendar/" in sent.path:
        calendars.renew(person=sent.reader, partnership=cast.randers, kind="speaker", now=NOW)
    elif "/confirm/" in sent.path:
        builders.ask(cast.randers, builders.home(cast.vorup, "14"), name="Vera V.")
    elif isinstance(sent.about, Booking):
        replacing.replace_request(replaces=sent.about.submission, slot=slot(cast.speaker, days=50), **asked)
    else:
        replacing.replace_wish(replaces=sent.about.submission, days=DAYS, from_hour=dt.time(19), **asked)


ENDINGS = {one.__name__: one for one in (erased, role_ended, new_mailbox, barred, replaced)}


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """Frede is the deputy, and would take over from Ruth."""
    OrganisationContact.objects.create(organisation=cast.association, person=cast.frede, role=ROLE.DEPUTY)
    return cast


def outcome(browser: Client, sent: Sent) -> str:
    tables = tables_of("talks", "people", "outbox")
    tries, page = attempts(tables), browser.get(sent.path)
    found = OUTCOMES[page.status_code]
    if found == "opens":
        return found if sent.says in page.content.decode() else "empty"
    assert sent.says not in page.content.decode()
    if "/calendar/" not in sent.path:
        assert browser.post(sent.path, {"useful": "yes", "will_act": "no"}).status_code == page.status_code
    assert attempts(tables) == tries
    return found


def after(column: str, cast: Cast, sent: Sent, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return what a link does after what the column says."""
    browser = visit(None, host="kalmar.localhost" if column == "elsewhere" else "randers.localhost")
    if column in ENDINGS:
        ENDINGS[column](cast, sent)
    if column == "too_old":
        later = clock.now() + dt.timedelta(days=sent.days, hours=1)
        monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    return outcome(browser, sent)


@pytest.mark.parametrize(("link", "column", "cell"), CELLS, ids=lambda value: value)
def test_a_link_does_what_the_table_says(
    cast: Cast, link: str, column: str, cell: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert after(column, cast, LINKS[link](cast), monkeypatch) == cell


@pytest.mark.parametrize(("link", "column", "cell"), OLDER, ids=lambda value: value)
def test_a_link_from_before_links_had_a_reader_does_the_same(
    cast: Cast, link: str, column: str, cell: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = LINKS[link](cast)
    older_links_get_a_reader()
    sent.path = older(sent, link)
    assert after(column, cast, sent, monkeypatch) == cell


@pytest.mark.parametrize("link", ["cancel", "change"])
def test_an_older_link_that_the_deputy_may_have_too_ends_with_the_deputy(cast: Cast, link: str) -> None:
    sent = LINKS[link](cast)
    older_links_get_a_reader()
    deputies.end_deputy(association=cast.association, by=cast.ruth, now=NOW)
    assert outcome(visit(None), sent) == "opens"
    sent.path = older(sent, link)
    assert outcome(visit(None), sent) == "ended"


def older_links_get_a_reader() -> None:
    """Note chair and deputy as those who may have a link that does not say for whom it is, as an upgrade did."""
    for organisation in Organisation.objects.all():
        readers = [
            digest_of(one.person) for one in organisation.contacts.filter(role__in=("chair", "deputy")).order_by("role")
        ]
        Organisation.objects.filter(pk=organisation.pk).update(readers_of_older_links=" ".join(readers))


def older(sent: Sent, link: str) -> str:
    case = sent.about
    token = links.TOKENS.make([case.pk, link, case.sequence if link == "accept" else 0])
    before, _token, after = sent.path.rsplit("/", 2)
    return f"{before}/{token}/{after}"


def test_the_deputy_acts_in_their_own_name(cast: Cast) -> None:
    sent = LINKS["deputy_cancels"](cast)
    assert visit(None).post(sent.path).status_code == 200
    step = sent.about.steps.latest("pk")
    assert (step.to_state, step.by) == ("cancelled", cast.frede)


def by_letter(cast: Cast, email: str | None) -> Callable[[str], None]:
    """Let Ruth read letters at number 12; return what moves them to another number."""
    home = PostalAddress.objects.create(person=cast.ruth, address=builders.home(cast.vorup))
    User.objects.filter(pk=cast.ruth.pk).update(email=email, channel="letter")
    cast.ruth.refresh_from_db()

    def move_to(number: str) -> None:
        PostalAddress.objects.filter(pk=home.pk).update(address=builders.home(cast.vorup, number))

    return move_to


@pytest.mark.parametrize("email", [None, "ruth@randers.example"])
def test_a_link_in_a_letter_ends_with_the_home(cast: Cast, email: str | None) -> None:
    sent = LINKS["cancel"](cast)
    move_to = by_letter(cast, email)
    sent.path = path_of(sent.about, "cancel", reader=cast.ruth)
    assert outcome(visit(None), sent) == "opens"
    move_to("14")
    assert outcome(visit(None), sent) == "ended"
    sent.path = path_of(sent.about, "cancel", reader=User.objects.get(pk=cast.ruth.pk))
    assert outcome(visit(None), sent) == "opens"


@pytest.mark.parametrize("link", links.BY_EMAIL)
def test_a_link_that_verifies_a_mailbox_belongs_to_it_also_of_who_chose_letters(cast: Cast, link: str) -> None:
    sent = LINKS[link](cast)
    move_to = by_letter(cast, cast.ruth.email)
    sent.path = path_of(sent.about, link, reader=cast.ruth)
    move_to("14")
    assert outcome(visit(None), sent) == "opens"
    new_mailbox(cast, sent)
    assert outcome(visit(None), sent) == "ended"


def test_a_link_in_a_letter_to_who_chose_text_messages_belongs_to_the_home(cast: Cast) -> None:
    """They get a letter while no text messages are sent."""
    sent = LINKS["cancel"](cast)
    move_to = by_letter(cast, None)
    User.objects.filter(pk=cast.ruth.pk).update(channel="sms", phone="20 30 40 50", verified_phone="20 30 40 50")
    sent.path = path_of(sent.about, "cancel", reader=User.objects.get(pk=cast.ruth.pk))
    assert outcome(visit(None), sent) == "opens"
    move_to("14")
    assert outcome(visit(None), sent) == "ended"


def test_a_link_in_an_email_outlives_a_move_and_another_channel(cast: Cast) -> None:
    sent = LINKS["cancel"](cast)
    by_letter(cast, cast.ruth.email)("14")
    assert outcome(visit(None), sent) == "opens"


@pytest.mark.parametrize("has_reader", [True, False])
def test_a_link_in_a_letter_from_before_it_held_the_home_ends(cast: Cast, has_reader: bool) -> None:
    sent = LINKS["cancel"](cast)
    by_letter(cast, None)
    older_links_get_a_reader()
    named = [sent.about.pk, "cancel", 0, *([digest_of(cast.ruth)] if has_reader else [])]
    before, _token, after = sent.path.rsplit("/", 2)
    sent.path = f"{before}/{links.TOKENS.make(named)}/{after}"
    assert outcome(visit(None), sent) == "ended"


def test_a_deputy_who_takes_over_keeps_their_links(cast: Cast) -> None:
    sent = LINKS["deputy_cancels"](cast)
    erase(person=cast.ruth, by=cast.ruth, now=NOW)
    assert outcome(visit(None), sent) == "opens"


def test_every_purpose_of_talks_is_in_the_table() -> None:
    assert set(links.DAYS) | {"confirm", "stop", "calendar"} <= {row[0] for row in ROWS} == set(LINKS)
