"""Archives whose parts or table of contents are varied."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from random import Random
from typing import Final

from fuzz.edges import SOME, with_field

_TEXT_PARTS: Final = (".xml", ".rels", ".bin")
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_FIELDS: Final = {
    b"PK\x01\x02": ((6, 2), (8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2), (42, 4)),
    b"PK\x03\x04": ((6, 2), (8, 2), (14, 4), (18, 4), (22, 4), (26, 2), (28, 2)),
    b"PK\x05\x06": ((4, 2), (8, 2), (10, 2), (12, 4), (16, 4), (20, 2)),
}
"""Signature → places and widths of the numbers behind it, by the ZIP format (APPNOTE 4.3)."""
Part = tuple[str, bytes]


def inside(random: Random, archive: bytes, vary: Callable[[Random, bytes], bytes]) -> bytes:
    """Return an archive with one or two of its parts varied."""
    parts = _parts(archive)
    varied = [number for number, (name, _) in enumerate(parts) if name.endswith(_TEXT_PARTS) and "theme" not in name]
    sheets = [number for number in varied if re.search("sheet|content|Strings|styles", parts[number][0])]
    for _ in range(random.choice((1, 1, 2))):
        number = random.choice(sheets if sheets and random.random() < 0.8 else varied)
        parts[number] = (parts[number][0], vary(random, parts[number][1]))
    return _packed(parts)


def entries_varied(random: Random, archive: bytes) -> bytes:
    """Return an archive whose entries are lost, doubled, renamed, packed otherwise, or described wrongly."""
    for _ in range(random.choice(SOME)):
        try:
            archive = random.choice(_WAYS)(random, archive)
        except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError, zlib.error):
            return archive  # described so wrongly that it cannot be taken apart again
    return archive


def _other_number(random: Random, archive: bytes) -> bytes:
    signature = random.choice(list(_FIELDS))
    places = [match.start() for match in re.finditer(re.escape(signature), archive)]
    if not places:
        return archive
    offset, width = random.choice(_FIELDS[signature])
    place = random.choice(places) + offset
    if random.random() < 0.3:  # what another entry has there
        other = random.choice(places) + offset
        return archive[:place] + archive[other : other + width] + archive[place + width :]
    return with_field(random, archive, place, width)


def _lost(random: Random, archive: bytes) -> bytes:
    parts = _parts(archive)
    del parts[random.randrange(len(parts))]
    return _packed(parts)


def _doubled(random: Random, archive: bytes) -> bytes:
    parts = _parts(archive)
    name, content = random.choice(parts)
    name = random.choice((name, name.upper(), name.replace("/", "\\"), f"/{name}", f"./{name}"))
    parts.insert(random.choice((0, len(parts))), (name, content + b" " * random.choice((0, 1, 1000))))
    return _packed(parts)


def _exchanged(random: Random, archive: bytes) -> bytes:
    parts = _parts(archive)
    first, second = random.randrange(len(parts)), random.randrange(len(parts))
    (name, content), (name_beside, beside) = parts[first], parts[second]
    parts[first], parts[second] = (name, beside), (name_beside, content)
    return _packed(parts)


def _packed_otherwise(random: Random, archive: bytes) -> bytes:
    return _packed(_parts(archive), random.choice(_METHODS))


def _more(random: Random, archive: bytes) -> bytes:
    more = [(f"xl/x{number}.xml", b"") for number in range(random.choice((1, 100, 6000)))]
    return _packed([*_parts(archive), *more])


def _between(random: Random, archive: bytes) -> bytes:
    around = random.choice((b"PK\x03\x04", bytes(50), archive[: len(archive) // 2], random.randbytes(30)))
    return around + archive if random.random() < 0.5 else archive + around


def _cut(random: Random, archive: bytes) -> bytes:
    return archive[: random.randrange(len(archive))]


_WAYS: Final = (
    *(_other_number, _other_number, _other_number, _lost, _doubled, _exchanged, _packed_otherwise, _more, _between),
    _cut,
)


def _parts(archive: bytes) -> list[Part]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return [(entry.filename, opened.read(entry)) for entry in opened.infolist()]


def _packed(parts: Sequence[Part], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return stream.getvalue()
