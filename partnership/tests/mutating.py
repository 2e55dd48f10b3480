"""Spoils a good file in many ways, always the same ones: a reader must answer each with rows or with refusals."""

import random
from collections.abc import Iterator

WAYS = 200
STRANGE = [
    b"\0", b'"', b";", b",", b"\t", b"\r", b"\n", b"\xff", b"\xc3", b"\xef\xbb\xbf", b"nan", b"inf", b"-5", b"1e999",
    b"99999999999999999999", b"null", b"true", b"{}", b"[]", b"[[[[", b'"":', b"ukendt", b"..", b"\xe2\x80\xae", b"#",
    b"\xd9\xa8", b"2026K5", b"0;0", b" ",
]  # fmt: skip


def spoiled(data: bytes, ways: int = WAYS) -> Iterator[bytes]:
    """Yield `ways` spoiled copies: cut, with bytes changed, lines lost, doubled or moved, cells emptied or filled."""
    chance = random.Random(len(data))
    for way in range(ways):
        yield _WAYS[way % len(_WAYS)](data, chance)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _changed(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _filled(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.choice(STRANGE) + data[at + chance.randrange(3) :]


def _without_a_line(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    del lines[chance.randrange(len(lines))]
    return b"".join(lines)


def _moved(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    return b"".join(lines)


def _replaced(data: bytes, chance: random.Random) -> bytes:
    """A cell or a value of JSON with something else in it."""
    for mark in chance.sample([b";", b",", b":", b"\t"], 4):
        cells = data.split(mark)
        if len(cells) > 1:
            cells[chance.randrange(len(cells))] = chance.choice(STRANGE)
            return mark.join(cells)
    return b""


def _saved_otherwise(data: bytes, chance: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(chance.choice(["utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp850", "utf-32"]), "replace")


_WAYS = (_cut, _changed, _filled, _without_a_line, _moved, _replaced, _saved_otherwise)
