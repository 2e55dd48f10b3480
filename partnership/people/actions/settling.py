"""Small things that a person settles for herself."""

from partnership.people.models import User


def set_language(*, person: User, language: str) -> None:
    """Write to `person` in this language from now on; what waits in the outbox too, since words are found last."""
    User.objects.filter(pk=person.pk).update(language=language)
