"""Settings that people change for themselves."""

from partnership.people.models import User


def set_name(*, person: User, name: str) -> None:
    """Write the person's name like this, also in waiting messages, which are rendered when sent."""
    User.objects.filter(pk=person.pk).update(name=name)


def set_language(*, person: User, language: str) -> None:
    """Write to `person` in this language from now on, also in waiting messages, which are rendered when sent."""
    User.objects.filter(pk=person.pk).update(language=language)
