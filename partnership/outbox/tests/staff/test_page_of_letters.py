"""The staff's page of letters, and the page of one batch before it is posted."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnership.outbox.models import Message
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.tests.posted import post_one
from partnership.outbox.tests.readers import on_paper
from partnership.people.actions.erasing import erase
from partnership.tests.cast import NOW, Cast, visit

PAGE = "/da/staff/messages/"


def test_letters_are_made_downloaded_and_handed_over_by_the_buttons(cast: Cast) -> None:
    post_one(cast.randers, on_paper(cast))
    deliver(urgent=False, now=NOW)
    karens = visit(cast.karen)
    assert karens.post(f"{PAGE}letters/").status_code == 302
    pdf = karens.post(f"{PAGE}letters/1/pdf/")
    assert (pdf.headers["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert karens.get(f"{PAGE}letters/1/pdf/").status_code == 405
    checked = karens.post(f"{PAGE}letters/1/check/").content.decode()
    assert "Det, der står i brevene, gælder stadig" in checked
    assert karens.post(f"{PAGE}letters/1/posted/").status_code == 302
    assert karens.post(f"{PAGE}letters/1/check/").status_code == 302
    assert Message.objects.get().reason == "letter, batch 1"
    assert visit(cast.kerstin).post("/sv/staff/messages/letters/1/pdf/").status_code == 404


def test_the_page_of_letters_writes_none_and_asks_no_more_for_many(cast: Cast) -> None:
    """With a few hundred letters that nobody had posted, each was written anew, and the page took seconds."""
    karens, asked = visit(cast.karen), []
    for number in range(1, 7):
        post_one(cast.randers, on_paper(cast, number=str(number + 7)), f"test.{number}")
        deliver(urgent=False, now=NOW)
        if number in (1, 6):
            karens.post(f"{PAGE}letters/")
            Message.objects.update(about={"untrue": True})
            with CaptureQueriesContext(connection) as queries:
                page = karens.get(f"{PAGE}letters/").content.decode()
            asked.append(len(queries))
    assert asked[0] == asked[1]
    assert "gælder ikke længere" not in page
    karens.post(f"{PAGE}letters/2/check/")
    assert "gælder ikke længere" in karens.post(f"{PAGE}letters/2/check/").content.decode()


def test_a_batch_of_which_nothing_is_left_is_shredded(cast: Cast) -> None:
    person = on_paper(cast)
    post_one(cast.randers, person)
    deliver(urgent=False, now=NOW)
    karens = visit(cast.karen)
    karens.post(f"{PAGE}letters/")
    erase(person=person, by=cast.anne, now=NOW)
    checked = karens.post(f"{PAGE}letters/1/check/").content.decode()
    assert "Ingen breve i bunken skal sendes" in checked
    assert "brev 1, uanset hvem det er til" in checked
    assert "gælder stadig" not in checked
    for _press in range(2):
        done = karens.post(f"{PAGE}letters/1/posted/", {"out": 1}, follow=True).content.decode()
        assert "Ingen breve er sendt" in done
        assert "Makuleret den" in done


def test_pressing_again_that_letters_are_posted_says_the_same(cast: Cast) -> None:
    post_one(cast.randers, on_paper(cast))
    deliver(urgent=False, now=NOW)
    karens = visit(cast.karen)
    karens.post(f"{PAGE}letters/")
    said = [karens.post(f"{PAGE}letters/1/posted/", follow=True).content.decode() for _press in range(2)]
    assert ["afleveret til posten" in page for page in said] == [True, True]
    assert not any("Ingen breve er sendt" in page for page in said)
