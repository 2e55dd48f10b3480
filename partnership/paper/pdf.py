"""From a sheet and its words to a PDF that everybody can read: tagged as PDF/UA-1, with fonts of our own."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from partnership.paper.printable import printable
from partnership.paper.typesetting import typeset
from street import drawing as street

COMMON = Path(__file__).with_name("common.typ")
# How much of the street is alight on paper, where nobody counts the windows.
SHARE_ALIGHT = 0.35


def pdf_of(sheet: Path, data: Mapping[str, object], *, title: str, author: str, language: str) -> bytes:
    """Return a typst sheet filled in with `data`, which it reads as `data` from `common.typ`.

    Sheets in the same folder may import each other. What our fonts have no sign for is left out or marked; typst
    refuses (TypstError) to make a file that is not PDF/UA-1.
    """
    beside = {path.name: path.read_bytes() for path in sheet.parent.glob("*.typ")}
    files = {**beside, "main.typ": sheet.read_bytes(), "common.typ": COMMON.read_bytes(), "street.svg": _street()}
    with translation.override(language):
        street_label = _("A street of houses at dusk with light in some windows")
    given = {"title": title, "author": author, "language": language, "street_label": street_label}
    told = {"data": dict(data), "given": given}
    inputs = {name: json.dumps(printable(value), ensure_ascii=False) for name, value in told.items()}
    return typeset(files, inputs)


@lru_cache(maxsize=1)
def _street() -> bytes:
    return street.quiet(SHARE_ALIGHT).encode()
