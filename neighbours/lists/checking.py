"""Which lines of a list can be added, whom of it we know already, and what is wrong with the others."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from neighbours.lists.columns import COLUMNS, WORDS, in_a_row, meant
from neighbours.lists.doors import why_no_door
from neighbours.lists.reading import Stored
from partnership.fields.names import NAME_RULES, no_formula, no_web_address, visible_letter
from partnership.fields.phone import PhoneField, e164
from partnership.fields.postcode import PostcodeField
from partnership.fields.tables import check_unspoilt
from partnership.fields.typed import as_meant, as_typed
from partnership.people.actions.mailboxes import elsewhere
from partnership.people.actions.recognising_many import Recognised, Sought
from partnership.people.models import Medium, User
from partnership.places.models import Address, Partnership
from partnership.web.forms import PortalForm
from written import days
from written.mailboxes import canonical, without_tag
from written.names import first_and_last

# No older yes than the partnerships themselves are: an earlier year is a typing error.
FIRST_YEAR = 2015
TITLES: Mapping[str, Any] = {column.name: column for column in COLUMNS}
# What a spreadsheet may have made something else of; a date is none of these.
MAY_BE_SPOILT = ("name", "phone", "address", "postcode")


class LineForm(PortalForm):
    """The rules of the cells that are texts, as on a slip."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80, validators=NAME_RULES)
    email = forms.EmailField(label=gettext_lazy("Email address"), max_length=254, required=False)
    phone = PhoneField(label=gettext_lazy("Telephone"), max_length=20, required=False)
    address = forms.CharField(label=gettext_lazy("Street and house number"), max_length=120)
    postcode = PostcodeField(label=gettext_lazy("Postcode"))
    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=200, validators=(no_web_address, no_formula, visible_letter)
    )


@dataclass(frozen=True, kw_only=True)
class Fit:
    """A line that can be added, as it is written down."""

    number: int
    name: str
    email: str
    phone: str
    door: Address
    language: str
    was_helper: bool | None
    heard_from: str
    is_protected: bool
    source: str
    said_on: dt.date
    said_how: str

    @property
    def said_how_in_words(self) -> str:
        return str(Medium(self.said_how).label)

    @property
    def sought(self) -> Sought:
        return Sought(name=self.name, email=self.email, phone=self.phone, address=self.door)


@dataclass(frozen=True)
class Known:
    """A line of somebody whom we know already, by the name that the file has."""

    number: int
    name: str
    person: User


@dataclass(frozen=True)
class Faulty:
    """A line that cannot be added, and what is wrong with it, in whole sentences."""

    number: int
    reasons: list[str]
    cells: Mapping[str, str]

    @classmethod
    def of(cls, number: int, wrong: Iterable[str], cells: Mapping[str, str]) -> "Faulty":
        return cls(number, [capfirst(one if one.endswith((".", "!", "?")) else f"{one}.") for one in wrong], cells)


@dataclass
class Checked:
    """The lines of a list, each in one of these; `elsewhere` are those who belong to another partnership."""

    fit: list[Fit] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)
    faulty: list[Faulty] = field(default_factory=list)
    elsewhere: list[User] = field(default_factory=list)


def check(here: Partnership, lines: list[Stored]) -> Checked:
    """Sort the lines of a list, whose doors are found."""
    checked, read = Checked(), list(_read(here, lines))
    checked.faulty = [one for one in read if isinstance(one, Faulty)]
    likely = [one for one in read if isinstance(one, Fit)]
    cells = {line["n"]: line.get("cells", {}) for line in lines}
    recognised = Recognised(here, (one.sought for one in likely))
    seen: dict[tuple, int] = {}
    for one in likely:
        keys = list(_keys(one, here))
        twice = next((seen[key] for key in keys if key in seen), None)
        if person := recognised.known(one.sought):
            checked.known.append(Known(one.number, one.name, person))
        elif holder := recognised.elsewhere(one.sought):
            checked.elsewhere.append(holder)
            checked.faulty.append(Faulty.of(one.number, [elsewhere().message], cells[one.number]))
        elif twice is not None:
            said = _("line %(line)d is the same person, or has the same email address") % {"line": twice}
            checked.faulty.append(Faulty.of(one.number, [said], cells[one.number]))
        else:
            checked.fit.append(one)
            seen |= dict.fromkeys(keys, one.number)
    checked.faulty.sort(key=lambda one: one.number)
    return checked


def _keys(one: Fit, here: Partnership) -> Iterator[tuple]:
    """Yield by what another line is the same person, as people are recognised (`recognising.alike`)."""
    named = first_and_last(one.name)
    yield ("home", named, one.door.pk)
    if one.email:
        yield ("mailbox", without_tag(one.email))
    if one.phone:
        yield ("number", named, e164(one.phone, here.country))


def _read(here: Partnership, lines: list[Stored]) -> Iterator[Fit | Faulty]:
    form = LineForm()
    phone = form.fields["phone"]
    assert isinstance(phone, PhoneField)
    phone.countries = (here.country,)
    doors = here.addresses.for_staff().in_bulk([line["door"] for line in lines if line.get("door")])
    for line in lines:
        if "said" in line:
            yield Faulty.of(line["n"], [line["said"]], {})
        else:
            yield _one(here, line, form, doors)


def _one(here: Partnership, line: Stored, form: LineForm, doors: Mapping[int, Address]) -> Fit | Faulty:
    cells, wrong = line["cells"], list[str]()
    found: dict[str, Any] = {}
    for name, rules in form.fields.items():
        if name not in cells and rules.required:
            wrong.append(_("%(name)s is missing") % {"name": TITLES[name].title})
            continue
        try:
            if name in MAY_BE_SPOILT:
                check_unspoilt(TITLES[name].title, cells.get(name, ""))
            found[name] = rules.clean(as_meant(as_typed(cells.get(name, ""), rules), rules))
        except ValidationError as error:
            wrong.append(_named(name, " ".join(error.messages)))
        except ValueError as error:
            wrong.append(str(error))
    found |= _meanings(here, cells, wrong)
    door = doors.get(line.get("door", 0))
    if door is None and "address" in found and "postcode" in found:
        wrong.append(why_no_door(line))
    if wrong or door is None:
        return Faulty.of(line["n"], wrong, cells)
    texts = {name: found[name] for name in ("name", "phone", "source", "language", "was_helper", "heard_from")}
    days_and_ways = {name: found[name] for name in ("is_protected", "said_on", "said_how")}
    return Fit(number=line["n"], door=door, email=canonical(found["email"]), **texts, **days_and_ways)


def _named(name: str, sentence: str) -> str:
    return _("%(name)s: %(sentence)s") % {"name": TITLES[name].title, "sentence": sentence}


def _meanings(here: Partnership, cells: Mapping[str, str], wrong: list[str]) -> dict[str, Any]:
    """Return the cells that hold one of a few words, or a day; add to `wrong` what is none."""
    said = {name: _word(name, cells, words, wrong) for name, words in WORDS.items()}
    if said["language"] and said["language"] not in here.languages:
        spoken = in_a_row(words for code, words in WORDS["language"].items() if code in here.languages)
        wrong.append(_named("language", _choose(spoken)))
    found: dict[str, Any] = {
        **said,
        "language": said["language"] or here.language,
        "heard_from": said["heard_from"] or "",
        "is_protected": bool(said["is_protected"]),
        "said_on": None,
    }
    try:
        found["said_on"] = _day(here, cells.get("said_on", ""))
    except ValueError as error:
        wrong.append(_named("said_on", str(error)))
    return found


def _word(name: str, cells: Mapping[str, str], words: Mapping[Any, Any], wrong: list[str]) -> Any:
    written = cells.get(name, "")
    if not written and not TITLES[name].needed:
        return None
    found = meant(name, written)
    if found is None:
        wrong.append(_named(name, _choose(in_a_row(words.values()))))
    return found


def _choose(words: str) -> str:
    return _("Write one of these: %(words)s.") % {"words": words}


def _day(here: Partnership, written: str) -> dt.date:
    """Return the day of a cell. Raise ValueError, with a sentence: it is none, or in the future, or long ago."""
    # A spreadsheet writes the hour of midnight too.
    found = days.day(written.partition(" 00:00")[0])
    if found is None:
        raise ValueError(_("Write the day with a year of four digits, for example 12-11-2026."))
    if found > here.today():
        raise ValueError(_("The day has not come yet."))
    if found.year < FIRST_YEAR:
        raise ValueError(_("The day is too long ago."))
    return found
