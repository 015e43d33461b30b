"""What calamine hides in an .xlsx: error cells and formulas without a stored value, found in one pass over the XML."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import IO, Final

from thidua_cli.read.grid import Fault, column_index

_CHUNK: Final = 1 << 22
_ROW_END: Final = b"row>"
_CELL: Final = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_REFERENCE: Final = re.compile(rb'\br="([A-Z]+)([0-9]+)"')
_VALUE: Final = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)</(?:\w+:)?v>")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s/>]")
_SHEET: Final = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION: Final = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE: Final = re.compile(rb'([\w:]+)="([^"]*)"')


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return sheet name → path of its XML inside the workbook; empty where the workbook is built differently."""
    names = set(archive.namelist())
    workbook, relations = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    if workbook not in names or relations not in names:
        return {}
    targets = {
        found.get("Id", ""): found.get("Target", "")
        for found in map(_attributes, _RELATION.findall(archive.read(relations)))
    }
    parts: dict[str, str] = {}
    for found in map(_attributes, _SHEET.findall(archive.read(workbook))):
        relation = next((value for key, value in found.items() if key.endswith(":id")), "")
        target = targets.get(relation, "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in names:
            parts[found.get("name", "")] = part
    return parts


def find_faults(archive: zipfile.ZipFile, part: str) -> dict[tuple[int, int], Fault]:
    """Return the hidden cells of one sheet by 0-based (row, column).

    Most of a large sheet is decompressed and passed over: only a stretch of rows that holds a formula or an error at
    all is looked at cell by cell.
    """
    faults: dict[tuple[int, int], Fault] = {}
    with archive.open(part) as stream:
        for stretch in _stretches(stream):
            if b't="e"' in stretch or b"<f" in stretch or b":f" in stretch:
                for fault in map(_fault, _CELL.finditer(stretch)):
                    if fault is not None:
                        faults[fault.row, fault.column] = fault
    return faults


def _attributes(tag: bytes) -> dict[str, str]:
    return {key.decode(): _unescaped(value.decode("utf-8", "replace")) for key, value in _ATTRIBUTE.findall(tag)}


def _unescaped(text: str) -> str:
    """The five entities of XML; `xml.sax.saxutils` would load the network libraries for it."""
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text


def _stretches(stream: IO[bytes]) -> Iterator[bytes]:
    """Cut the XML at ends of rows, so that no cell is torn."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        rest += chunk
        cut = rest.rfind(_ROW_END)
        if cut >= 0:
            yield rest[: cut + len(_ROW_END)]
            rest = rest[cut + len(_ROW_END) :]
    yield rest


def _fault(cell: re.Match[bytes]) -> Fault | None:
    attributes, content = cell.group(1), cell.group(2) or b""
    is_error = b't="e"' in attributes
    if not is_error and not _FORMULA.search(content):
        return None
    reference = _REFERENCE.search(attributes)
    if reference is None:
        return None
    value = _VALUE.search(content)
    text = value.group(1).decode("utf-8", "replace") if value else ""
    if not is_error and (text or (value is not None and b't="str"' in attributes)):
        return None  # a formula whose stored result is a number, or text that happens to be empty
    row, column = int(reference.group(2)) - 1, column_index(reference.group(1).decode())
    return Fault(row, column, (text or "#N/A") if is_error else "")
