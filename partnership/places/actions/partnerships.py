"""Setting up a partnership from its profile."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from partnership.places.models import Partnership
from partnership.refusals import Refused

FIELDS = [field.name for field in Partnership._meta.concrete_fields if not field.primary_key]
OPTIONAL = ("time_zone", "colour", "helpers_goal", "partners", "is_demonstration")


@dataclass(frozen=True)
class Loaded:
    """The partnership, whether it is new, and what changed: (field, before, after)."""

    partnership: Partnership
    is_new: bool
    changes: list[tuple[str, Any, Any]]


@transaction.atomic
def load_profile(*, profile: dict[str, Any]) -> Loaded:
    """Make the partnership that a profile describes, or bring it up to date. Raise Refused for a bad profile."""
    _refuse_unknown_and_missing(profile)
    values = {**profile, "signed_on": _day(profile["signed_on"])}
    held = Partnership.objects.select_for_update().filter(slug=profile["slug"]).first()
    partnership = held or Partnership()
    changes = [(name, getattr(partnership, name), new) for name, new in values.items()]
    changes = [change for change in changes if held is None or change[1] != change[2]]
    for name, _before, new in changes:
        setattr(partnership, name, new)
    _refuse_nonsense(partnership)
    if held is None:
        partnership.save(force_insert=True)
    elif changes:
        partnership.save(update_fields=[name for name, _before, _new in changes])
    return Loaded(partnership, held is None, [] if held is None else changes)


def _refuse_unknown_and_missing(profile: dict[str, Any]) -> None:
    unknown = sorted(set(profile) - set(FIELDS))
    missing = sorted(set(FIELDS) - set(profile) - set(OPTIONAL))
    if unknown:
        raise Refused("unknown_fields", f"The profile has fields that a partnership does not: {', '.join(unknown)}.")
    if missing:
        raise Refused("missing_fields", f"The profile lacks {', '.join(missing)}.")


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise Refused("bad_day", f"signed_on must be a day such as 2023-08-18, not {text!r}.") from error


def _refuse_nonsense(partnership: Partnership) -> None:
    try:
        partnership.full_clean(validate_unique=False)
        _ = partnership.zone
    except ValidationError as error:
        wrong = "; ".join(f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items())
        raise Refused("bad_profile", wrong) from error
    except (KeyError, ValueError, OSError) as error:
        raise Refused("bad_zone", f"There is no time zone {partnership.time_zone!r}.") from error
    if not partnership.host_names:
        raise Refused("no_host", "host_names must hold at least one host name: it stands in every link we send.")
    others = Partnership.objects.exclude(pk=partnership.pk)
    for host in partnership.host_names:
        if taken := others.filter(host_names__contains=[host]).first():
            raise Refused("host_taken", f"{host} already belongs to {taken}.")
