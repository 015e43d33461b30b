"""An .xlsx or .xlsm as the archive it is: parts are read, added and replaced; all others are copied as they are."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from io import BytesIO
from typing import Final

from thidua_cli.late_dataclass import dataclass
from thidua_cli.present.annotate.strict import as_transitional, is_strict
from thidua_cli.present.annotate.xml_edit import NotExtendableError, XmlPart, escaped

WORKBOOK: Final = "xl/workbook.xml"
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPREADSHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_TYPES: Final = "[Content_Types].xml"
_CREATED: Final = (2022, 1, 1, 0, 0, 0)
"""Fixed, so that the same workbook and findings give the same bytes."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One part that another points to."""

    id: str
    kind: str
    """The last word of the relation's type: "comments", "vmlDrawing", "worksheet", "styles"."""
    target: str
    """Name of the part; the address of something outside stays as written."""


class Package:
    """The parts of one workbook.

    Raises:
        NotExtendableError: It is no workbook in Office Open XML.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(BytesIO(content))
        except zipfile.BadZipFile as error:
            raise NotExtendableError(str(error)) from error
        self._entries = {info.filename: info for info in self._archive.infolist()}
        self._written: dict[str, bytes] = {}
        if not {WORKBOOK, _CONTENT_TYPES} <= self._entries.keys():
            raise NotExtendableError("no workbook in it")
        if is_strict(self.read(WORKBOOK)):
            for name in self._entries:
                if name.endswith((".xml", ".rels")):
                    self.write(name, as_transitional(self.read(name)))
        if SPREADSHEET.encode() not in self.read(WORKBOOK):
            raise NotExtendableError("no workbook in it")

    def read(self, name: str) -> bytes:
        """Return one part as it stands now."""
        if name in self._written:
            return self._written[name]
        if name not in self._entries:
            raise NotExtendableError(f"{name} is missing")
        try:
            return self._archive.read(name)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:  # RuntimeError: a locked entry
            raise NotExtendableError(f"{name}: {error}") from error

    def write(self, name: str, content: bytes) -> None:
        """Replace or add a part."""
        self._written[name] = content

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return [*self._entries, *(name for name in self._written if name not in self._entries)]

    def add(self, stem: str, suffix: str, content: bytes, content_type: str) -> str:
        """Add a part under the first free number (`stem` + number + `suffix`) and return its name."""
        taken = {name.lower() for name in self.names()}
        number = next(number for number in range(1, len(taken) + 2) if f"{stem}{number}{suffix}".lower() not in taken)
        name = f"{stem}{number}{suffix}"
        self.write(name, content)
        types = XmlPart(self.read(_CONTENT_TYPES))
        types.append(
            types.root,
            f'<{types.prefix}Override PartName="/{escaped(name)}" ContentType="{escaped(content_type)}"/>',
        )
        self.write(_CONTENT_TYPES, types.result())
        return name

    def relations(self, name: str) -> list[Relation]:
        """Return what a part points to."""
        place = _relations_of(name)
        if place not in self._entries and place not in self._written:
            return []
        entries = (element.attributes for element in XmlPart(self.read(place)).root.children)
        return [
            Relation(
                entry.get("Id", ""),
                entry.get("Type", "").rpartition("/")[2],
                entry.get("Target", "")
                if entry.get("TargetMode") == "External"
                else _absolute(name, entry.get("Target", "")),
            )
            for entry in entries
        ]

    def relate(self, name: str, kind: str, target: str) -> str:
        """Let a part point to another and return the id of the relation."""
        place = _relations_of(name)
        if place not in self._entries and place not in self._written:
            self.write(place, f'{DECLARATION}<Relationships xmlns="{_PACKAGE_RELATIONS}"/>'.encode())
        taken = {relation.id for relation in self.relations(name)}
        new = next(f"rId{number}" for number in range(1, len(taken) + 2) if f"rId{number}" not in taken)
        part = XmlPart(self.read(place))
        relative = posixpath.relpath(target, posixpath.dirname(name))
        part.append(
            part.root,
            f'<{part.prefix}Relationship Id="{new}" Type="{RELATIONS}/{kind}" Target="{escaped(relative)}"/>',
        )
        self.write(place, part.result())
        return new

    def content(self) -> bytes:
        """Return the archive: the parts in their old order, each with its old date, then the new ones."""
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name in self.names():
                old = self._entries.get(name)
                info = zipfile.ZipInfo(name, old.date_time if old else _CREATED)
                info.compress_type = old.compress_type if old else zipfile.ZIP_DEFLATED
                archive.writestr(info, self.read(name))
        return stream.getvalue()


def _relations_of(name: str) -> str:
    folder, base = posixpath.split(name)
    return f"{folder}/_rels/{base}.rels"


def _absolute(name: str, target: str) -> str:
    if target.startswith("/"):
        return re.sub("^/+", "", target)
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
