"""Measure whether HTML that is put together in Python pays: each piece against templates, on the page where it is felt.

PORTAL_DATA=.data/bench python -m devtools.running with python -m benchmarks.drawn [--turns 20] [--no-file]

In one process, with the demonstration's data; the ways take turns at each page, which is made anew each time, and the
medians of the CPU in this process count. A piece stays when its page costs at least 15 % more without it.
"""

import argparse
import contextlib
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterator
from copy import copy
from typing import Any
from unittest import mock

from benchmarks.cold import BARE, asked  # makes the database, and sets Django up
from benchmarks.results import table
from benchmarks.talks_ground import ROOT, write_section

from django import forms  # isort: skip
from django.template import engines  # isort: skip
from django.template.library import import_library  # isort: skip
from django.template.loaders import app_directories, cached, filesystem, locmem  # isort: skip
from django.utils.text import capfirst  # isort: skip

from crispy_dkfds import drawing  # isort: skip
from crispy_dkfds.templatetags import dkfds  # isort: skip
from partnership.web import months  # isort: skip

LEAST, WARM, AGAIN = 1.15, 4, 3
FORMS = ("/da/talks/book/", "/da/talks/wish/", "/da/neighbours/join/")
OPTIONS = """{% for option in field|options %}
  {% if option.heading %}<p class="option-heading">{{ option.heading }}</p>{% endif %}
  <div class="form-group-{{ option.shape }}">
    <input{{ option.attrs }}><label class="form-label" for="{{ option.id }}">{{ option.label }}</label>
  </div>
{% endfor %}"""
DAYS = """<thead><tr>{% for on in month.weekdays %}
  <th scope="col"><span aria-hidden="true">{{ on|date:"D" }}</span><span class="sr-only">{{ on|date:"l" }}</span></th>
{% endfor %}</tr></thead>
<tbody>{% for week in month.weeks %}
  <tr>{% for day in week %}<td>{% if day.free %}<a href="#day-{{ day.on|date:"Y-m-d" }}">{{ day.on.day }}<span
    class="sr-only">, {% blocktranslate trimmed count free=day.free %}
      {{ free }} free evening
    {% plural %}
      {{ free }} free evenings
    {% endblocktranslate %}</span></a>{% else %}{{ day.on.day }}{% endif %}</td>{% endfor %}</tr>
{% endfor %}</tbody>"""


def control(field: forms.BoundField) -> str:
    """Return a control as Django's templates draw it, each option of a select with a capital."""
    widget = field.field.widget
    if isinstance(widget, forms.FileInput):
        return field.as_widget()
    base = "form-checkbox" if isinstance(widget, forms.CheckboxInput) else "form-input"
    if isinstance(widget, forms.Select):
        base, select, widget = "form-select", widget, copy(widget)

        def create_option(name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
            return select.create_option(name, value, capfirst(label), *args, **kwargs)

        widget.create_option = create_option
    style = f"{base} {widget.attrs.get('class', '')}".strip()
    return field.as_widget(widget, attrs={"class": style, **dkfds._not_yet_wrong(field)})


def options(field: forms.BoundField) -> list[dict[str, Any]]:
    """Return what a template needs to know to draw each radio or checkbox of a group."""
    shape = "checkbox" if isinstance(field.field.widget, forms.CheckboxSelectMultiple) else "radio"
    headings = dkfds._headings(field)
    return [
        {
            "shape": shape,
            "id": option.id_for_label,
            "label": capfirst(option.choice_label),
            "heading": headings.get(option.data["index"], ""),
            "attrs": drawing.attributes(dkfds._option_attrs(shape, option.data)),
        }
        for option in field.subwidgets
    ]


def changed(template: str, piece: str, plain: str) -> dict[str, str]:
    """Return a template of ours with plain markup in place of a piece."""
    folder = ROOT / "crispy_dkfds/templates" if template.startswith("dkfds/") else ROOT / "templates"
    before, found, after = (folder / template).read_text("utf-8").partition(piece)
    if not found:
        raise RuntimeError(f"{template} does not hold {piece}")
    return {template: before + plain + after}


# For each piece the templates and the filters in its place, and its pages.
PIECES: dict[str, tuple[dict[str, str], dict[str, Any], tuple[str, ...]]] = {
    "`crispy_dkfds/drawing.py`: controls": (
        changed("dkfds/kinds/choices.html", "{{ field|options }}", OPTIONS),
        {"control": control, "options": options},
        FORMS,
    ),
    "`partnership/web/drawn_months.py`: the days of a month": (
        changed("talks/_month.html", "{{ month|days_drawn }}", DAYS),
        {},
        ("/da/talks/",),
    ),
}


class Way:
    """The site with one piece drawn by templates, or as it is; each way has compiled templates of its own."""

    def __init__(self, templates: dict[str, str], filters: dict[str, Any]) -> None:
        self.filters = filters
        self.engine = engines["django"].engine
        loader = cached.Loader(self.engine, [])
        ours = (filesystem.Loader(self.engine), app_directories.Loader(self.engine))
        loader.loaders = [locmem.Loader(self.engine, templates), *ours]
        self.loaders = [loader]

    @contextlib.contextmanager
    def used(self) -> Iterator[None]:
        library = import_library("crispy_dkfds.templatetags.dkfds")
        with (
            mock.patch.dict(self.engine.__dict__, {"template_loaders": self.loaders}),
            mock.patch.dict(library.filters, self.filters),
        ):
            yield


def measured(address: str, turns: int) -> dict[str, float]:
    """Return the median milliseconds of a page each way ("" as it is), and of a bare view, in turns."""
    ways = {name: Way(*rest) for name, (*rest, pages) in PIECES.items() if address in pages}
    ways[""] = Way({}, {})
    found: dict[str, list[float]] = defaultdict(list)
    for turn in range(turns + WARM):
        names = list(ways)
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            with ways[name].used():
                taken = [asked(address, kept=False) * 1000 for _again in range(AGAIN)]
            if turn >= WARM:
                found[name] += taken
        found[BARE].append(asked(BARE, kept=False) * 1000)
    return {name: statistics.median(values) for name, values in found.items()}


def main() -> int:
    """Run from the command line; the table says which pieces pay."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--turns", type=int, default=20)
    parser.add_argument("--no-file", action="store_true", help="do not write RESULTS.md")
    typed = parser.parse_args()
    months.Month.weekdays = property(lambda month: months.WEEKS.monthdatescalendar(2026, 6)[0])
    rows = []
    for address in dict.fromkeys(page for _templates, _filters, pages in PIECES.values() for page in pages):
        times = measured(address, typed.turns)
        as_it_is, bare = times.pop(""), times.pop(BARE)
        for name, plain in times.items():
            gain = plain / as_it_is
            bares = [f"{as_it_is / bare:.1f}", f"{plain / bare:.1f}"]
            verdict = "pays" if gain >= LEAST else ""
            rows.append([name, address, f"{as_it_is:.2f}", f"{plain:.2f}", f"{gain:.2f} times", *bares, verdict])
            print(*rows[-1], sep="\t", flush=True)
    head = ["piece", "page", "ms with it", "ms without", "processor", "bare views with it", "without", ""]
    words = f"`python -m benchmarks.drawn --turns {typed.turns}`: pages made anew; at least {LEAST} times is asked for."
    if not typed.no_file:
        write_section("rent-drawn", "Drawing that pays rent", [words, "", table(head, rows)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
