"""The form of corrections, opened again while the mailbox that staff have written waits."""

from allauth.account.models import EmailAddress

from neighbours.models import Helper
from neighbours.tests.test_correcting import NEW, page, saved, vera
from partnership import clock
from partnership.people.models import User
from partnership.tests.cast import Cast, visit

__all__ = ["page", "vera"]  # fixtures


def test_saving_the_form_again_while_a_mailbox_is_held_back_chooses_no_letters(
    cast: Cast, vera: Helper, page: str
) -> None:
    EmailAddress.objects.filter(user=vera.person).update(verified=True)
    User.objects.filter(pk=vera.person_id).update(channel=User.Channel.MAIL, last_login=clock.now())
    saved(cast, page, email=NEW)
    ticked = visit(cast.karen).get(page).context["form"]["channel"].value()
    said = saved(cast, page, email=NEW, name="Vera Vester", channel=ticked).content.decode()
    person = User.objects.get(pk=vera.person_id)
    assert (ticked, person.channel, person.reached_by) == ("mail", "mail", "letter")
    assert "Corrected: name." in said
