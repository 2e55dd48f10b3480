"""Style sheets are written in parts, and leave production as one file each."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

PART = re.compile(r'^@import "([^"]+)";\n', re.MULTILINE)
# Where a file was found: its storage, and its path there.
Found = dict[str, tuple[Storage, str]]


class OneSheetStorage(CompressedManifestStaticFilesStorage):
    """Put the parts of our style sheets where `@import` names them, so that a page asks for one file and not for ten.

    In development they stay apart. A part has no addresses of pictures in it, since these begin at its own folder.
    """

    def post_process(self, paths: Found, dry_run: bool = False, **options: Any) -> Iterator[tuple]:
        whole = {}
        for name in paths:
            text = written(paths, name) if name.endswith(".css") and not dry_run else ""
            if PART.search(text):
                self.delete(name)
                self._save(name, ContentFile(with_parts(paths, name, text).encode()))
                whole[name] = (self, name)
        yield from super().post_process({**paths, **whole}, dry_run=dry_run, **options)


def with_parts(found: Found, name: str, text: str) -> str:
    """Return a style sheet with the sheets that it imports in the place of the imports. They are read from their
    sources, since a collected copy may be older.
    """
    folder = posixpath.dirname(name)
    return PART.sub(lambda part: written(found, posixpath.join(folder, part[1])), text)


def written(found: Found, name: str) -> str:
    """Return the text of a file from where it was written, not from what was collected."""
    storage, path = found[name]
    with storage.open(path) as file:
        return file.read().decode()
