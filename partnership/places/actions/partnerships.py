"""Setting up a partnership from its profile."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction

from partnership.fields.tables import is_hidden
from partnership.places.about import are_words, is_about
from partnership.places.models import Partnership
from partnership.places.plausible import are_postcodes, is_bounds
from partnership.refusals import Refused

FIELDS = [field.name for field in Partnership._meta.concrete_fields if not field.primary_key]
SPOKEN = {code for code, _name in settings.LANGUAGES}
OPTIONAL = (
    "time_zone",
    "colour",
    "bounds",
    "postcodes",
    "helpers_goal",
    "partners",
    "about",
    "skyline",
    "is_demonstration",
    "hand_in_at",
    "postal_address",
)


@dataclass(frozen=True)
class Loaded:
    """The partnership, whether it is new, and what changed: (field, before, after)."""

    partnership: Partnership
    is_new: bool
    changes: list[tuple[str, Any, Any]]


@transaction.atomic
def load_profile(*, profile: dict[str, Any]) -> Loaded:
    """Make the partnership that a profile describes, or bring it up to date. Refused: unknown_fields, missing_fields,
    wrong_kind or bad_profile, no_host or host_taken, bad_zone, bad_day.
    """
    _refuse_unknown_and_missing(profile)
    _refuse_wrong_kinds(profile)
    values = {**profile, "signed_on": _day(profile["signed_on"])}
    stored = Partnership.objects.select_for_update().filter(slug=profile["slug"]).first()
    partnership = stored or Partnership()
    changes = [(name, getattr(partnership, name), new) for name, new in values.items()]
    changes = [change for change in changes if stored is None or change[1] != change[2]]
    for name, _before, new in changes:
        setattr(partnership, name, new)
    _refuse_nonsense(partnership)
    if stored is None:
        partnership.save(force_insert=True)
    elif changes:
        partnership.save(update_fields=[name for name, _before, _new in changes])
    return Loaded(partnership, stored is None, [] if stored is None else changes)


def _refuse_unknown_and_missing(profile: dict[str, Any]) -> None:
    unknown = sorted(set(profile) - set(FIELDS))
    missing = sorted(set(FIELDS) - set(profile) - set(OPTIONAL))
    if unknown:
        raise Refused("unknown_fields", f"The profile has fields that a partnership does not: {', '.join(unknown)}.")
    if missing:
        raise Refused("missing_fields", f"The profile lacks {', '.join(missing)}.")


def _refuse_wrong_kinds(profile: dict[str, Any]) -> None:
    for name, value in profile.items():
        field = Partnership._meta.get_field(name)
        if isinstance(field, models.JSONField):
            is_right = _JSON[name](value, profile)
        elif isinstance(field, models.CharField):
            is_right = isinstance(value, str) and not is_hidden(value)
        elif isinstance(field, models.BooleanField | models.IntegerField):
            is_right = type(value) is (bool if isinstance(field, models.BooleanField) else int)
        else:
            continue  # the day has a refusal of its own
        if not is_right:
            raise Refused("wrong_kind", f"{name} cannot be {value!r}: write it as in the profiles that we bring.")


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) and one and not is_hidden(one) for one in value)


def _are_partners(value: Any, languages: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) and _is_partner(one, languages) for one in value)


def _is_partner(one: dict[str, Any], languages: Any) -> bool:
    if not {"name", "role"} <= set(one) <= {"name", "role", "url"}:
        return False
    return are_words(one["role"], languages) and _are_texts([text for key, text in one.items() if key != "role"])


def _are_postcodes(value: Any, country: Any) -> bool:
    return country not in [*Partnership.Country] or are_postcodes(value, country)


def _are_bounds(value: Any, country: Any) -> bool:
    is_known = country in [*Partnership.Country]  # an unknown one has a refusal of its own
    return value is None or not is_known or is_bounds(value, country)


_JSON = {
    "host_names": lambda value, profile: _are_texts(value),
    "languages": lambda value, profile: _are_texts(value) and profile["language"] in value and set(value) <= SPOKEN,
    "partners": lambda value, profile: _are_partners(value, profile["languages"]),
    "about": lambda value, profile: is_about(value, profile["languages"]),
    "postcodes": lambda value, profile: _are_postcodes(value, profile["country"]),
    "bounds": lambda value, profile: _are_bounds(value, profile["country"]),
}


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
