"""What a text costs grows with its length, not with its square: in each field of each form, and on each address.

Forms, fields and names of parameters are found by themselves. Time is that of the processor, in pieces of plain Python,
so a busy machine changes nothing; what takes longer than text of its length may is measured again at two lengths
before it counts.
"""

import ast
import copy
import re
from functools import partial
from urllib.parse import urlencode

import pytest
from django import forms

from partnership.people.models import User
from partnership.tests.cast import Cast, visit
from partnership.tests.costs import Cost, grows_too_fast, piece, seconds
from partnership.tests.fields import every_form, filled_in, text_fields
from partnership.tests.house import sources
from partnership.tests.odd_input import Carefully, addresses
from partnership.web.forms import PortalForm

# Repeated, with a last sign that makes a pattern try again from the start.
UNITS = {
    "letters": "a", "words": "a ", "blanks": " ", "lines": "\n ", "digits": "1", "groups": "1.", "dates": "01-01-",
    "dashes": "-", "dots": "a.", "ats": "a@", "labels": "xn--a.", "letters with marks": "æ.", "marks": "\u0316\u0301",
    "letters in parts": "e\u0301", "nothing": "\u200b", "families": "\U0001f469\u200d", "brackets": "[", "quotes": '"',
    "addresses": "www.a://", "full width": "\uff11\uff0e", "zeros": "(0)", "words before a number": "cpr ",
    "tokens": "=1-1", "signatures": "a:", "codings": "%25", "signs and letters": "!!!!a",
}  # fmt: skip
# A page costs more pieces of plain Python than a field, whatever was asked.
SUSPICIOUS_PAGE = 100
MIXED = "".join(unit * 20 for unit in UNITS.values()) + "!"


def shapes() -> dict[tuple, tuple[forms.Field, type[forms.Form]]]:
    """Return one field of each shape, with the form whose rules it gets, under what makes the shape."""
    portal = {f"{form.__module__}.{form.__qualname__}" for form in every_form() if issubclass(form, PortalForm)}
    found = {}
    for name, field in text_fields().items():
        base = PortalForm if name.rsplit(".", 2)[0] in portal else forms.Form
        rules = tuple(getattr(rule, "__qualname__", type(rule).__qualname__) for rule in field.validators)
        found[base, type(field), type(field.widget), rules] = (field, base)
    return found


SHAPES = list(shapes().values())


def cost_of(field: forms.Field, base: type[forms.Form]) -> Cost:
    """Return what reads a text, without a limit that would keep the text from the later rules."""
    field = copy.deepcopy(field)  # the form's own keeps its limit, for the tests that come after
    field.max_length = 10**9 if isinstance(field, forms.CharField) else None
    return lambda text: filled_in(field, text, base).errors


@pytest.mark.parametrize("kind", UNITS)
def test_reading_a_field_costs_as_much_as_its_text_is_long(kind: str) -> None:
    slow = [f"{type(field).__name__} of {base.__name__}" for field, base in SHAPES
            if grows_too_fast(cost_of(field, base), UNITS[kind])]  # fmt: skip
    assert slow == []


def test_a_cost_that_grows_with_the_square_is_found() -> None:
    # Twice, so that it is found too where coverage makes plain Python slower than a pattern.
    field = forms.CharField(validators=[lambda text: [re.search("a+$", part + "!") for part in (text, text[1:])]])
    assert grows_too_fast(cost_of(field, PortalForm), UNITS["letters"])
    assert len(SHAPES) > 15


def parameters() -> set[str]:
    """Return the names of what is read from an address: by `request.GET.get("…")`, or by a form of `request.GET`."""
    forms_named = {form.__name__: set(getattr(form, "base_fields", {})) for form in every_form()}
    found = {"q", "o", "p", "e"}  # of lists in the administration
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                found |= _read_by(node, forms_named)
    return found


def _read_by(call: ast.Call, forms_named: dict[str, set[str]]) -> set[str]:
    held, first = getattr(call.func, "value", None), call.args[0]
    if getattr(held, "attr", "") == "GET" and isinstance(first, ast.Constant):
        return {str(first.value)}
    return forms_named.get(getattr(call.func, "id", ""), set()) if getattr(first, "attr", "") == "GET" else set()


@pytest.mark.proof
def test_asking_an_address_costs_as_much_as_the_text_is_long(cast: Cast) -> None:
    """A platform administrator asks: every page opens for them. A search alone, too: further words would refuse it."""
    User.objects.filter(pk=cast.anne.pk).update(is_superuser=True)
    client, slow, tried, names = Carefully(visit(cast.anne)), [], 0, parameters()
    most = SUSPICIOUS_PAGE * piece()
    assert {"q", "slot", "who", "kind", "area", "page"} <= names
    for address in addresses(cast):
        if address.where.startswith(("dev/", "readyz")):
            continue
        at = address.filled()
        for some in ({"q"}, names):
            tried += 1
            if seconds(partial(ask, client, at, some, MIXED), enough=most) > most:
                asked = partial(ask, client, at, some)
                slow += [(at, kind) for kind, unit in UNITS.items()
                         if grows_too_fast(asked, unit, suspicious=SUSPICIOUS_PAGE)]  # fmt: skip
    assert slow == []
    assert tried > 300


def ask(client: Carefully, at: str, names: set[str], text: str) -> None:
    client.ask("get", f"{at}?{urlencode(dict.fromkeys(names, text))}")
