"""Settings that people change for themselves."""

from partnership.people.models import User


def set_name(*, person: User, name: str) -> None:
    """Change the name of a person. Waiting messages have the new one too, since they are rendered when sent."""
    User.objects.filter(pk=person.pk).update(name=name)


def set_language(*, person: User, language: str) -> None:
    """Change the language that a person is written to in. It holds for waiting messages too, which are rendered when
    sent.
    """
    User.objects.filter(pk=person.pk).update(language=language)
