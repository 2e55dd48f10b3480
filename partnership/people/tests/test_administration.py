"""What an administrator of one partnership can and cannot do to people in the administration."""

import pytest
from django.test import Client

from partnership.outbox.models import Message
from partnership.outbox.tests.posted import post_one
from partnership.people.models import Organisation, Role, User
from partnership.people.tests.looking_up import open_in_administration
from partnership.tests.cast import NOW, Cast, person, visit, with_role

pytestmark = pytest.mark.django_db
PEOPLE = "/admin/people/user/"


@pytest.fixture
def anne(cast: Cast) -> Client:
    return visit(cast.anne)


def saved(who: User, *roles: Role, **changes: str) -> dict[str, object]:
    form = {"name": who.name, "email": who.email, "phone": "", "language": "da", "is_active": "on"}
    counts = {"roles-TOTAL_FORMS": len(roles), "roles-INITIAL_FORMS": len(roles)}
    rows = {f"roles-{at}-id": role.pk for at, role in enumerate(roles)}
    kinds = {f"roles-{at}-kind": "administrator" for at in range(len(roles))}
    return form | counts | rows | kinds | {f"roles-{at}-user": who.pk for at in range(len(roles))} | changes


def test_an_administrator_changes_an_address_in_their_partnership(cast: Cast, anne: Client) -> None:
    assert (
        anne.post(f"{PEOPLE}{cast.helle.pk}/change/", saved(cast.helle, email="New@Where.example")).status_code == 302
    )
    cast.helle.refresh_from_db()
    assert cast.helle.email == "new@where.example"


def test_who_has_no_e_mail_is_saved_without(cast: Cast, anne: Client) -> None:
    assert anne.post(f"{PEOPLE}{cast.helle.pk}/change/", saved(cast.helle, email="")).status_code == 302
    cast.helle.refresh_from_db()
    assert cast.helle.email is None


def test_a_platform_administrator_of_this_partnership_cannot_be_changed(cast: Cast, anne: Client) -> None:
    root = person("Root", cast.randers, is_superuser=True)
    anne.post(f"{PEOPLE}{root.pk}/change/", saved(root, email=cast.anne.email.replace("anne", "mine")))
    root.refresh_from_db()
    assert root.email == "root@randers.example"
    assert "root@" not in anne.get(PEOPLE).content.decode()
    assert "root@" in visit(root).get(PEOPLE).content.decode()


def test_a_role_at_another_partnership_is_neither_shown_nor_moved(cast: Cast, anne: Client) -> None:
    there = Role.objects.create(user=cast.helle, partnership=cast.kalmar, kind=Role.Kind.COORDINATOR)
    assert f'value="{there.pk}"' not in anne.get(f"{PEOPLE}{cast.helle.pk}/change/").content.decode()
    anne.post(f"{PEOPLE}{cast.helle.pk}/change/", saved(cast.helle, there))
    there.refresh_from_db()
    assert (there.partnership, there.kind) == (cast.kalmar, "coordinator")


@pytest.mark.parametrize(
    "question",
    [
        "people/user/?password__startswith=a",
        "people/user/?email__startswith=a",
        "outbox/message/?about__code__startswith=1",
        "outbox/message/?mailbox__startswith=a",
        "people/consent/?person__email__startswith=a",
    ],
)
def test_what_a_list_does_not_show_is_not_spelled_out_by_its_address(anne: Client, question: str) -> None:
    assert anne.get(f"/admin/{question}").status_code == 400


@pytest.mark.parametrize("question", ["state__exact=sent", "kind__exact=account.login_code", "due_at__year=2026"])
def test_the_filters_that_are_shown_answer(anne: Client, question: str) -> None:
    assert anne.get(f"/admin/outbox/message/?{question}").status_code == 200


@pytest.mark.parametrize(
    "room", ["talks/speaker", "people/organisation", "places/area", "advice/article", "advice/edition"]
)
def test_an_administrator_finds_what_their_partnership_has(anne: Client, room: str) -> None:
    assert f"/admin/{room}/" in anne.get("/admin/").content.decode()
    assert anne.get(f"/admin/{room}/").status_code == 200


def test_an_administrator_corrects_areas_of_their_own_partnership_and_no_articles(cast: Cast, anne: Client) -> None:
    area = {"name": "Vorup by", "latitude": "56.44", "longitude": "10.01", "homes": "900"}
    assert anne.post(f"/admin/places/area/{cast.vorup.pk}/change/", area).status_code == 302
    cast.vorup.refresh_from_db()
    assert (cast.vorup.name, cast.vorup.homes) == ("Vorup by", 900)
    assert anne.post(f"/admin/places/area/{cast.malmen.pk}/change/", area).status_code == 302
    cast.malmen.refresh_from_db()
    assert cast.malmen.name != "Vorup by"
    for closed in ("places/area/add/", f"places/area/{cast.vorup.pk}/delete/", "advice/edition/add/"):
        assert anne.get(f"/admin/{closed}").status_code == 403


def test_many_people_are_not_deleted_at_once(cast: Cast, anne: Client) -> None:
    assert "delete_selected" not in anne.get(PEOPLE).content.decode()
    chosen = {"action": "delete_selected", "_selected_action": [cast.sven.pk, cast.helle.pk], "post": "yes"}
    anne.post(PEOPLE, chosen)
    assert User.objects.filter(pk__in=[cast.sven.pk, cast.helle.pk]).count() == 2


def test_the_administration_bears_the_partnership_s_name(cast: Cast, anne: Client) -> None:
    page = anne.get("/admin/").content.decode()
    assert cast.randers.name in page.partition("<main")[0]
    assert cast.randers.short_name in page.partition("<title>")[2].partition("</title>")[0]
    assert "Django" not in page.partition("</head>")[2]


def test_kinds_and_reasons_of_messages_are_in_words(cast: Cast, anne: Client) -> None:
    message = post_one(cast.randers, cast.helle)
    past = {"kind": "account.login_code", "state": "expired", "reason": "its time had passed", "ended_at": NOW}
    Message.objects.filter(pk=message.pk).update(**past)
    page = anne.get("/admin/outbox/message/").content.decode()
    assert "Tiden for den var gået." in page
    assert "its time had passed" not in page
    assert "Login: kode" in page
    assert ">account.login_code<" not in page


# -- Organisations ----------------------------------------------------------------------------------------------------

ORGANISATIONS = "/admin/people/organisation/"


@pytest.fixture
def root(cast: Cast) -> Client:
    return visit(person("Root", cast.randers, is_superuser=True))


def organisation(cast: Cast, *contacts: tuple[User, str], **changes: object) -> dict[str, object]:
    facts = {"partnership": cast.randers.pk, "area": cast.vorup.pk, "name": "Enghaven", "kind": "housing", "homes": 9}
    counts = {"contacts-TOTAL_FORMS": len(contacts), "contacts-INITIAL_FORMS": 0}
    rows = {f"contacts-{at}-person": who.pk for at, (who, _role) in enumerate(contacts)}
    roles = {f"contacts-{at}-role": role for at, (_who, role) in enumerate(contacts)}
    return facts | counts | rows | roles | changes


def test_an_association_is_added_with_its_chair_and_listed_by_it(cast: Cast, root: Client) -> None:
    typed = organisation(cast, (cast.frede, "chair"), (cast.helle, "deputy"))
    assert root.post(f"{ORGANISATIONS}add/", typed).status_code == 302
    made = Organisation.objects.get(name="Enghaven")
    assert (made.chair, made.deputy) == (cast.frede, cast.helle)
    assert "Frede" in root.get(ORGANISATIONS).content.decode()


def test_an_administrator_keeps_the_organisations_of_their_own_partnership(cast: Cast, anne: Client) -> None:
    typed = organisation(cast, (cast.frede, "contact"), name="Politiet", kind="authority", area="", homes="")
    assert anne.post(f"{ORGANISATIONS}add/", typed).status_code == 302
    made = Organisation.objects.get(kind="authority")
    assert [contact.person for contact in made.contacts.all()] == [cast.frede]
    assert anne.post(f"{ORGANISATIONS}{made.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Organisation.objects.filter(kind="authority").exists()


def test_no_administrator_reaches_into_another_partnership(cast: Cast, anne: Client) -> None:
    there = Organisation.objects.create(partnership=cast.kalmar, name="Polisen", kind="authority")
    assert "Polisen" not in anne.get(ORGANISATIONS).content.decode()
    typed = organisation(cast, name="Mine", kind="authority", area="", homes="")
    anne.post(f"{ORGANISATIONS}{there.pk}/change/", typed)
    there.refresh_from_db()
    assert (there.partnership, there.name) == (cast.kalmar, "Polisen")
    # Nobody of another partnership can be made a contact, and no organisation can be made there.
    for wrong in (organisation(cast, (cast.gunnar, "contact")), organisation(cast, partnership=cast.kalmar.pk)):
        before = Organisation.objects.count()
        assert anne.post(f"{ORGANISATIONS}add/", wrong | {"kind": "authority", "name": "New"}).status_code == 200
        assert Organisation.objects.count() == before


def test_an_authority_is_added_without_area_homes_and_contacts(cast: Cast, root: Client) -> None:
    typed = organisation(cast, name="Politiet", kind="authority", area="", homes="")
    assert root.post(f"{ORGANISATIONS}add/", typed).status_code == 302
    assert Organisation.objects.get(kind="authority").area is None


@pytest.mark.parametrize(
    ("contacts", "changes", "words"),
    [
        ([("frede", "deputy")], {}, "En forening med et navn har en formand."),
        ([("frede", "chair"), ("helle", "chair")], {}, "En organisation har én formand og én stedfortræder."),
        (
            [("ruth", "chair")],
            {"name": "Vorup Grundejerforening"},
            "Formanden har allerede en anden organisation",
        ),
        ([("frede", "chair")], {"homes": ""}, "Skriv, hvor mange boliger foreningen har."),
        ([], {"name": "", "kind": "landlord"}, "Skriv organisationens navn."),
    ],
)
def test_what_the_database_would_refuse_is_said_on_the_page(
    cast: Cast, root: Client, contacts: list[tuple[str, str]], changes: dict[str, object], words: str
) -> None:
    typed = organisation(cast, *((getattr(cast, name), role) for name, role in contacts), **changes)
    before = Organisation.objects.count()
    page = root.post(f"{ORGANISATIONS}add/", typed)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert Organisation.objects.count() == before


def test_the_chair_of_an_association_is_not_taken_out_of_it(cast: Cast, root: Client) -> None:
    contact = cast.association.contacts.get()
    typed = organisation(cast, (cast.ruth, "chair"), name=cast.association.name)
    typed |= {"contacts-INITIAL_FORMS": 1, "contacts-0-id": contact.pk, "contacts-0-DELETE": "on"}
    typed["contacts-0-organisation"] = cast.association.pk
    assert root.post(f"{ORGANISATIONS}{cast.association.pk}/change/", typed).status_code == 200
    assert cast.association.contacts.get() == contact


def test_an_area_is_named_nothing_that_a_spreadsheet_works_out(cast: Cast) -> None:
    root = visit(person("Root", None, is_superuser=True), host="randers.localhost")
    page = f"/admin/people/area/{cast.vorup.pk}/change/".replace(
        "people/area", cast.vorup._meta.label_lower.replace(".", "/")
    )
    typed = {"name": "=1+1", "latitude": "56.4", "longitude": "10", "homes": "9"}
    assert root.post(page, typed).status_code == 200
    cast.vorup.refresh_from_db()
    assert cast.vorup.name == "Vorup"
    assert root.post(page, typed | {"name": "Vorup Nord"}).status_code == 302


def test_language_and_area_are_easy_to_choose_and_the_partnership_is_preset(cast: Cast, anne: Client) -> None:
    page = anne.get(f"{PEOPLE}add/").content.decode()
    assert '<option value="sv">' in page
    made = anne.get("/admin/people/organisation/add/").content.decode()
    assert f'<option value="{cast.randers.pk}" selected>' in made
    assert made.index(">Dronningborg</option>") < made.index(">Vorup</option>")


def test_only_the_page_that_changes_an_address_says_what_changing_it_does(cast: Cast, anne: Client) -> None:
    does = "har logget ind med den én gang"
    assert does not in anne.get(f"{PEOPLE}add/").content.decode()
    assert does in open_in_administration(anne, f"{PEOPLE}{cast.helle.pk}/change/")


def test_the_language_of_somebody_new_is_preset_to_the_partnerships_own(cast: Cast) -> None:
    """Who changes nothing there sends the first email in it."""
    alva = with_role("Alva", cast.kalmar, Role.Kind.ADMINISTRATOR)
    for administrator, language in ((cast.anne, "da"), (alva, "sv")):
        page = visit(administrator).get(f"{PEOPLE}add/").content.decode()
        chosen = page.partition('name="language"')[2].partition("</select>")[0]
        assert f'<option value="{language}" selected>' in chosen
        assert chosen.count("selected") == 1
