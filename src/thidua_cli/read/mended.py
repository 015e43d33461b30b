"""A workbook that calamine refuses and Excel opens, with its parts where calamine looks for them.

Asked where calamine refuses, or where parts bear unusual names. What is changed holds no figure: names of parts, sheets
without a part, the claimed extent of a sheet, blanks around a value, an error that calamine does not know; of an .ods
the space between elements, which means nothing, and tables without a name.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from itertools import count
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.read.archive import CountedArchive
from thidua_cli.read.limits import MENDED_BYTES, is_read
from thidua_cli.read.sheet_xml import WORKBOOK_XML, unescaped

_ROOT: Final = "_rels/.rels"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_CONTENT: Final = "content.xml"
_OPEN_DOCUMENT: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_SPACE_BETWEEN: Final = late_pattern(rb"(</?(?:table|office):[^>]*>|</text:p>)\s+(?=<)")
_SPACE_BEFORE: Final = late_pattern(rb"(?<=>)\s+(?=</?(?:table|office):)")
_NAMELESS: Final = late_pattern(rb"<table:table(?=[\s/>])(?![^>]*\btable:name=)")
_MAIN: Final = "/officeDocument"
"""How the type of the relation to the main part ends, in both kinds of Office Open XML."""
_RELATION: Final = late_pattern(rb"<(?:\w+:)?Relationship\s[^>]*>")
_SHEET: Final = late_pattern(rb"<(?:\w+:)?sheet\s[^>]*?(?:/>|>\s*</(?:\w+:)?sheet>)")
_ATTRIBUTE: Final = late_pattern(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_TARGET: Final = late_pattern(rb"""(\bTarget\s*=\s*)(?:"[^"]*"|'[^']*')""")
_NAME: Final = late_pattern(rb"""(\sname\s*=\s*)("[^"]*|'[^']*)(["'])""")
_EXTENT: Final = late_pattern(rb"<(?:\w+:)?dimension\b[^>]*/>")
_MERGED: Final = late_pattern(rb"<(?:\w+:)?mergeCell\s[^>]*/>")
_AREA: Final = late_pattern(rb'\bref="[A-Z]{1,3}[1-9][0-9]{0,6}(?::[A-Z]{1,3}[1-9][0-9]{0,6})?"')
_CELL: Final = late_pattern(rb"(<(?:\w+:)?c\s[^>]*[^/]>)((?:(?!</(?:\w+:)?c>).){0,100000})", re.DOTALL)
_VALUE: Final = late_pattern(rb"(<(?:\w+:)?v(?:\s[^>]*)?>)\s*([^<]*?)\s*(?=</)")
_TEXT_TYPE: Final = late_pattern(rb"""\bt\s*=\s*["'](?:str|inlineStr)["']""")
_ERROR_TYPE: Final = late_pattern(rb"""\bt\s*=\s*["']e["']""")
_KNOWN_ERRORS: Final = frozenset(
    (b"#DIV/0!", b"#N/A", b"#NAME?", b"#NULL!", b"#NUM!", b"#REF!", b"#VALUE!", b"#GETTING_DATA")
)


class Mended(NamedTuple):
    """A workbook with its parts in their usual places."""

    content: bytes
    lost: tuple[str, ...]
    """Sheets that the workbook names and that are not in it."""


def in_usual_places(content: bytes) -> Mended | None:
    """Return an .xlsx with its main part, found by its relations, where it is looked for; None where there is none.

    All its sheets have a part and a name of their own. An .ods comes back with its elements close to each other.

    Raises:
        BadZipFile, zlib.error: The archive is damaged.
    """
    with CountedArchive(io.BytesIO(content)) as archive:
        names = {_slashed(name).lower(): name for name in archive.namelist()}
        if _CONTENT in names and _is_small(archive):
            written = {"mimetype": _OPEN_DOCUMENT, _CONTENT: _close(archive.read(_CONTENT))}
            return Mended(_packed(archive, written, frozenset()), ())
        main = _main_part(archive, names)
        if main is None or main.lower().endswith(".bin") or not _is_small(archive):
            return None
        folder, base = posixpath.split(_slashed(main))
        relations = names.get(f"{folder}/_rels/{base}.rels".lstrip("/").lower())
        if relations is None:
            return None
        targets = _targets(archive.read(relations), folder)
        workbook, lost = _without_lost_sheets(archive.read(main), targets, names)
        workbook = _with_names_apart(workbook)
        spelt = _with_targets(archive.read(relations), folder, names)
        written = {WORKBOOK_XML: workbook, _RELATIONS: spelt, _ROOT: _ROOT_XML}
        left_out = {main, relations, names.get(_ROOT, "")}
        return Mended(_packed(archive, written, left_out), lost)


def with_sound_cells(content: bytes) -> bytes | None:
    """Return an .xlsx without what calamine stumbles over in its sheets; None where that is too large to try.

    Raises:
        BadZipFile, zlib.error: The archive is damaged.
    """
    with CountedArchive(io.BytesIO(content)) as archive:
        if not _is_small(archive):
            return None
        sheets = [name for name in archive.namelist() if name.lower().endswith(".xml") and "sheets/" in name.lower()]
        return _packed(archive, {name: _sound(archive.read(name)) for name in sheets}, frozenset())


def _slashed(name: str) -> str:
    # Some Windows programs write the paths of an archive with backslashes.
    return name.replace("\\", "/")


def _is_small(archive: zipfile.ZipFile) -> bool:
    return sum(entry.file_size for entry in archive.infolist()) <= MENDED_BYTES


def _main_part(archive: zipfile.ZipFile, names: Mapping[str, str]) -> str | None:
    root = names.get(_ROOT)
    if root is not None:
        for relation in _relations(archive.read(root)):
            if relation.get("Type", "").endswith(_MAIN):
                return names.get(posixpath.normpath(relation.get("Target", "").lstrip("/")).lower())
    return names.get(WORKBOOK_XML)


def _relations(xml: bytes) -> list[dict[str, str]]:
    return [_attributes(tag) for tag in _RELATION.findall(xml)]


def _targets(xml: bytes, folder: str) -> dict[str, str]:
    """Return relation → name of the part that it leads to, in small letters."""
    return {
        relation.get("Id", ""): _absolute(folder, relation.get("Target", "")).lower() for relation in _relations(xml)
    }


def _absolute(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target))


def _with_targets(xml: bytes, folder: str, names: Mapping[str, str]) -> bytes:
    """Return relations with their targets named from the root of the archive, as they are spelt there."""

    def named(relation: re.Match[bytes]) -> bytes:
        attributes = _attributes(relation[0])
        if attributes.get("TargetMode") == "External":
            return relation[0]
        target = _absolute(folder, attributes.get("Target", ""))
        spelt = _slashed(names.get(target.lower(), target))
        return _TARGET.sub(lambda place: place[1] + f'"/{spelt}"'.encode(), relation[0])

    return _RELATION.sub(named, xml)


def _without_lost_sheets(
    xml: bytes, targets: Mapping[str, str], names: Mapping[str, str]
) -> tuple[bytes, tuple[str, ...]]:
    lost: list[str] = []

    def kept(sheet: re.Match[bytes]) -> bytes:
        attributes = _attributes(sheet[0])
        relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        if targets.get(relation, "") in names:
            return sheet[0]
        lost.append(attributes.get("name", ""))
        return b""

    return _SHEET.sub(kept, xml), tuple(lost)


def _with_names_apart(xml: bytes) -> bytes:
    """Return the workbook with a number behind a name that another sheet bears already, as Excel puts it there."""
    taken: set[str] = set()

    def apart(sheet: re.Match[bytes]) -> bytes:
        name = _attributes(sheet[0]).get("name", "")
        numbered = (name if number == 1 else f"{name} ({number})" for number in range(1, len(taken) + 2))
        free = next(candidate for candidate in numbered if candidate not in taken)
        taken.add(free)
        if free == name:
            return sheet[0]
        return _NAME.sub(lambda place: place[1] + place[2] + free[len(name) :].encode() + place[3], sheet[0])

    return _SHEET.sub(apart, xml)


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        key.decode(): unescaped((double or single).decode("utf-8", "replace"))
        for key, double, single in _ATTRIBUTE.findall(tag)
    }


def _close(xml: bytes) -> bytes:
    """Return the content of an .ods without space between its elements, every table with a name."""
    numbers = count(1)
    close = _SPACE_BEFORE.sub(b"", _SPACE_BETWEEN.sub(rb"\1", xml))
    return _NAMELESS.sub(lambda table: table[0] + b' table:name="Sheet%d"' % next(numbers), close)


def _sound(xml: bytes) -> bytes:
    xml = _EXTENT.sub(b"", xml)
    xml = _MERGED.sub(lambda merged: merged[0] if _AREA.search(merged[0]) else b"", xml)
    return _CELL.sub(_sound_cell, xml)


def _sound_cell(cell: re.Match[bytes]) -> bytes:
    if _TEXT_TYPE.search(cell[1]):
        return cell[0]
    value = _VALUE.search(cell[2])
    if value is None:
        return cell[0]
    text = value[2]
    # Which error it is, is told by our own look at the sheet.
    if _ERROR_TYPE.search(cell[1]) and text not in _KNOWN_ERRORS:
        text = b"#N/A"
    return cell[1] + cell[2][: value.start()] + value[1] + text + cell[2][value.end() :]


def _packed(archive: zipfile.ZipFile, written: Mapping[str, bytes], left_out: set[str] | frozenset[str]) -> bytes:
    """Return the parts that are read, with some of them written anew or left out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for name, part in written.items():
            target.writestr(name, part)
        for entry in archive.infolist():
            name = entry.filename
            if name not in written and name not in left_out and is_read(name):
                target.writestr(_slashed(name), archive.read(entry))
    return stream.getvalue()


_ROOT_XML: Final = (
    b'<?xml version="1.0" encoding="UTF-8"?>'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    b'Target="xl/workbook.xml"/></Relationships>'
)
