"""Every page answers odd input with a page, never with an error of the server."""

import pytest
from django.urls import reverse

from partnership.tests.cast import Cast, visit
from partnership.tests.odd_input import VALUES, addresses, errors_of_the_server


@pytest.mark.proof
def test_no_odd_input_is_an_error_of_the_server(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert errors_of_the_server(cast, monkeypatch, in_administration=False) == []


@pytest.mark.django_db
def test_no_odd_position_of_a_letter_is_an_error_of_the_server(cast: Cast) -> None:
    (batch,) = [one for one in addresses(cast) if one.where == "da/staff/messages/letters/<int:number>/posted/"]
    staff = visit(cast.karen)
    answered = staff.post(batch.filled(), {"out": [value for value in VALUES if value.isprintable()] + ["²", "٣"]})
    assert answered.headers["Location"] == reverse("outbox:letters")
    assert cast.randers.letter_batches.get().handed_over_at
