"""What happens to the log-in of somebody who gets their first role."""

import datetime as dt

from allauth.mfa.models import Authenticator

from partnership.people.models import User


def without_earlier_factors(person: User, now: dt.datetime) -> None:
    """Remove passkeys and sign-ins from before the role: nobody gave them out, and a stranger may have made them."""
    Authenticator.objects.filter(user=person).delete()
    person.browser_sessions.all().delete()
