"""Finds the door of each line of a list in the register, once, when the file has come."""

from django.utils.translation import gettext as _

from neighbours.lists.reading import Stored
from partnership.fields.postcode import postcode
from partnership.places.address_lookup import Problem, Streets, look_up
from partnership.places.models import Partnership
from partnership.refusals import Refused

# Beyond that, it is no list of people who live here; and to look for what an address may mean is work.
MOST_UNKNOWN = 300
_SUGGESTED = 3


def find_doors(here: Partnership, lines: list[Stored]) -> None:
    """Write into each line the number of its address, or else why there is none, and addresses that it may mean.
    Refused (unreadable): hardly any address is known.
    """
    streets, unknown = Streets(), 0
    for line in lines:
        cells = line.get("cells", {})
        if not (cells.get("address") and cells.get("postcode")):
            continue
        found = look_up(here, cells["address"], postcode(cells["postcode"]), for_staff=True, streets_read=streets)
        if found.door:
            line["door"] = found.door.pk
            continue
        unknown += 1
        line["problem"] = str(found.problem)
        line["near"] = [door.label for door in found.choices[:_SUGGESTED]]
        if unknown > MOST_UNKNOWN:
            raise Refused("unreadable", _many_unknown(here))


def _many_unknown(here: Partnership) -> str:
    said = _(
        "Several hundred of the addresses are not in %(place)s, or not in our register. Is it the right file, and is "
        "the address in the right column?"
    )
    return said % {"place": here.municipality}


def why_no_door(line: Stored) -> str:
    """Return what is wrong with the address of a line, in the reader's language."""
    sentences = {
        Problem.NO_NUMBER: _("the house number is missing in the address"),
        Problem.SEVERAL_DOORS: _("there are several homes at this number; write the floor and the door too"),
        Problem.UNKNOWN_DOOR: _("we know the house, but not this floor and door"),
        Problem.UNKNOWN_NUMBER: _("we know the street, but not this house number"),
        Problem.UNKNOWN_POSTCODE: _("we know no homes with this postcode"),
    }
    problem = line.get("problem", "")
    said = sentences.get(Problem(problem) if problem in list(Problem) else Problem.NONE)
    said = said or _("we do not know this street in this postcode")
    near = line.get("near", [])
    if not near:
        return _("%(problem)s. Is it right? Then type it as a slip") % {"problem": said}
    return _("%(problem)s. Nearest: %(near)s") % {"problem": said, "near": "; ".join(near)}
