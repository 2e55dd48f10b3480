"""The email that offers other evenings says of which talk, and where it is."""

from partnership.outbox.kinds import kind
from partnership.tests.cast import Cast
from talks.tests.bookings import mail
from talks.tests.test_offers import offered


def test_the_email_names_the_talk_and_its_place(cast: Cast) -> None:
    booking, _three = offered(cast)
    [message] = mail("offered", cast.ruth)
    facts = dict(kind(message.kind).write(message).facts)
    assert str(booking.about.title) in facts.values()
    assert booking.place in facts.values()
