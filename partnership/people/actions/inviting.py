"""Making someone known to the portal by e-mail address, before she has shown that it is hers."""

from django.db import IntegrityError, transaction

from partnership.people.models import User
from partnership.places.models import Partnership


def known_or_new(*, email: str, name: str, language: str, partnership: Partnership) -> User:
    """Return the person with this address, made if nobody has it. She may belong to another partnership: look.

    A name that is on record is never changed by somebody who only knows the address.
    """
    email = email.strip().lower()
    known = User.objects.filter(email=email).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return User.objects.create_user(email, name, language=language, partnership=partnership)
    except IntegrityError:
        # Two forms with one new address at the same moment: the other one has just made her.
        return User.objects.get(email=email)
