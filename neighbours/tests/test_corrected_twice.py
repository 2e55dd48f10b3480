"""A form that corrects a helper and comes again gets the answer of the first press, also where a limit is reached."""

import uuid

from neighbours.models import Helper
from neighbours.tests.test_correcting import NEW, filled, page, saved, vera
from partnership.people.models import User
from partnership.tests.cast import Cast, visit

__all__ = ["page", "vera"]


def test_a_form_that_comes_again_gets_the_answer_of_the_first(cast: Cast, vera: Helper, page: str, settings) -> None:
    narrow = dict.fromkeys(["mail_to_mailbox_by_one_of_staff", "mail_from_staff"], "1/h/key")
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | narrow
    form = filled(email=NEW, submission=str(uuid.uuid4()))
    answers = [visit(cast.karen).post(page, form, follow=True) for _twice in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert all("Corrected: email address." in answer.content.decode() for answer in answers)
    assert vera.steps.exclude(changed=None).filter(changed__has_key="email").count() == 1


def test_a_form_that_comes_again_after_another_correction_changes_nothing(cast: Cast, vera: Helper, page: str) -> None:
    form = filled(name="Vera Vester", submission=str(uuid.uuid4()))
    visit(cast.karen).post(page, form)
    saved(cast, page, name="Vera Vesterby")
    assert "Corrected: name." in visit(cast.karen).post(page, form, follow=True).content.decode()
    assert User.objects.get(pk=vera.person_id).name == "Vera Vesterby"
