"""Makes an accessible PDF (tagged as PDF/UA-1, with our own fonts) from a typst template and its texts."""

import json
from collections.abc import Mapping
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from partnership.paper.printable import printable
from partnership.paper.typesetting import typeset
from partnership.places.lighting import strip
from partnership.places.models import Partnership

COMMON = Path(__file__).with_name("common.typ")


def pdf_of(sheet: Path, data: Mapping[str, object], *, title: str, partnership: Partnership, language: str) -> bytes:
    """Return a typst template filled in with `data`, which it reads as `data` from `common.typ`. Templates in the same
    folder may import each other. Characters that our fonts lack are left out or replaced by "?"; typst raises
    TypstError rather than make a file that is not PDF/UA-1.
    """
    beside = {path.name: path.read_bytes() for path in sheet.parent.glob("*.typ")}
    ours = {"common.typ": COMMON.read_bytes(), "street.svg": strip(partnership)}
    files = {**beside, "main.typ": sheet.read_bytes(), **ours}
    with translation.override(language):
        street_label = _("A street of houses at dusk with light in some windows")
    given = {"title": title, "author": partnership.name, "language": language, "street_label": street_label}
    told = {"data": dict(data), "given": given}
    inputs = {name: json.dumps(printable(value), ensure_ascii=False) for name, value in told.items()}
    return typeset(files, inputs)
