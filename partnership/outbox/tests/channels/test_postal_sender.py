"""Each printed letter says who it comes from, and where it goes back to."""

import pypdfium2
import pytest

from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.staff.letter_batches import make_batch
from partnership.people.models import User
from partnership.places.models import Partnership
from partnership.places.profiles import FOLDER, read_profile
from partnership.tests.cast import Cast, visit

ADDRESS = "Eksempelgade 1, 8900 Randers C"


def with_address(cast: Cast, address: str = ADDRESS) -> None:
    Partnership.objects.filter(pk=cast.randers.pk).update(postal_address=address)
    cast.randers.refresh_from_db()


def printed(cast: Cast) -> str:
    make.slip(cast.karen, make.home(cast.vorup))
    deliver(urgent=False)
    batch = make_batch(partnership=cast.randers, by=cast.karen, now=clock.now())
    assert batch is not None
    document = pypdfium2.PdfDocument(bytes(batch.pdf))
    text = "\n".join(document[page].get_textpage().get_text_range() for page in range(len(document)))
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_window_and_the_head_have_the_address(cast: Cast) -> None:
    with_address(cast)
    letter = printed(cast)
    assert f"{cast.randers.name} · {ADDRESS}" in letter
    assert letter.count("Eksempelgade 1") == 2


def test_without_one_letters_are_printed_all_the_same(cast: Cast) -> None:
    assert f"{cast.randers.name} · {cast.randers.contact_name}" in printed(cast)


def test_staff_who_print_read_who_fills_it_in(cast: Cast) -> None:
    browser = visit(cast.karen)
    page = browser.get("/en/staff/messages/letters/").content.decode()
    assert "The letters have no postal address of the sender" in page
    assert "Whoever runs the portal writes it" in page
    with_address(cast)
    assert "no postal address" not in browser.get("/en/staff/messages/letters/").content.decode()


def test_whoever_runs_the_platform_is_led_to_where(cast: Cast) -> None:
    root = User.objects.create_superuser("root@portal.example", "Rita Root", partnership=cast.randers)
    page = f"/admin/places/partnership/{cast.randers.pk}/change/"
    assert 'name="postal_address"' in visit(root).get(page).content.decode()


def test_a_letter_that_is_printed_at_once_has_it_too(cast: Cast) -> None:
    with_address(cast)
    poul = make.slip(cast.karen, make.home(cast.vorup))
    typed = {"medium": "phone", "letter": "on"}
    page = visit(cast.karen).post(f"/en/staff/people/{poul.person_id}/erase/", typed).content.decode()
    assert f"{cast.randers.name} · {ADDRESS}" in page


@pytest.mark.parametrize("name", ["randers", "kalmar"])
def test_the_profiles_that_we_bring_have_one(name: str) -> None:
    assert read_profile(FOLDER / f"{name}.json")["postal_address"]
