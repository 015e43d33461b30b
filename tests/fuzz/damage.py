"""A sound workbook, and ways to damage its bytes or the XML inside it."""

from __future__ import annotations

import io
import re
import zipfile
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st

from forms import mau_08
from forms.corpus_formats import repacked
from forms.model import FormOptions
from sample_figures import dong_giang

_NUMBER = re.compile(rb"(?<=[\"A-Z>])\d+(?=[\"<:])")
HOSTILE = (
    *(b"0", b"-1", b"1048576", b"1048577", b"99999999999999999999", b"1e999", b"NaN", b"", b"A1:XFD1048576"),
    *(b"<", b"&#0;", b"&x;", b"\xff\xfe", b'<c r="A0"/>', b'<c r="ZZZZ9" t="s"><v>9</v></c>'),
    b'<mergeCell ref="B9:A1"/>',
)
_MOST_CHANGES = 4
SHEET = "xl/worksheets/sheet1.xml"
Change = tuple[str, float, int, bytes]
changes = st.lists(
    st.tuples(
        st.sampled_from(["flip", "cut", "repeat", "insert", "number"]),
        st.floats(0, 1, exclude_max=True),
        st.integers(1, 64),
        st.one_of(st.sampled_from(HOSTILE), st.binary(max_size=8)),
    ),
    min_size=1,
    max_size=_MOST_CHANGES,
)


@lru_cache(maxsize=1)
def sound_workbook() -> bytes:
    """Return a district's Mẫu 08."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bieu.xlsx"
        mau_08.write(path, dong_giang.rows(2023), FormOptions(year=2023))
        return path.read_bytes()


@lru_cache(maxsize=1)
def parts() -> tuple[str, ...]:
    """Return the names of its parts."""
    with zipfile.ZipFile(io.BytesIO(sound_workbook())) as archive:
        return tuple(archive.namelist())


def damaged(content: bytes, wanted: list[Change]) -> bytes:
    """Return bytes with pieces flipped, cut out, repeated or put in, or whole numbers replaced by hostile ones."""
    for kind, where, length, piece in wanted:
        at = int(where * len(content))
        end = at + length
        match kind:
            case "flip":
                flipped = bytes(byte ^ length for byte in content[at : at + 1])
                content = content[:at] + flipped + content[at + 1 :]
            case "cut":
                content = content[:at] + content[end:]
            case "repeat":
                content = content[:end] + content[at:end] * 3 + content[end:]
            case "insert":
                content = content[:at] + piece + content[at:]
            case _:
                found = _NUMBER.search(content, at)
                content = content if found is None else content[: found.start()] + piece + content[found.end() :]
    return content


def damaged_inside(part: str, wanted: list[Change]) -> bytes:
    """Return the workbook with one part of the package damaged, and packed soundly again."""
    return repacked(sound_workbook(), lambda name, content: damaged(content, wanted) if name == part else content)


def with_reference(reference: bytes) -> bytes:
    """Return the workbook with another reference at the cell C12."""
    return repacked(
        sound_workbook(),
        lambda name, content: content.replace(b'r="C12"', b'r="' + reference + b'"') if name == SHEET else content,
    )


def sound_page() -> bytes:
    """Return the figures of a district as a web page."""
    head = (
        "<tr><th rowspan=2>TT<th rowspan=2>Xã<th rowspan=2>Tổng số hộ<th colspan=2>Hộ nghèo<th colspan=2>Hộ cận nghèo"
    )
    rows = "".join(
        f"<tr><td>{number}<td>{row.name}<td>{row.households}<td>{row.poor}<td><td>{row.near_poor}<td>"
        for number, row in enumerate(dong_giang.rows(2023), start=1)
    )
    second = "<tr><th>Số hộ<th>Tỷ lệ<th>Số hộ<th>Tỷ lệ"
    title = "<p>UBND HUYỆN ĐÔNG GIANG</p><p>Năm 2023</p>"
    return f"<html><meta charset=utf-8><body>{title}<table>{head}{second}{rows}</table></body></html>".encode()


def sound_spreadsheet_xml() -> bytes:
    """Return the figures of a district as XML Spreadsheet 2003."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    head = (("UBND HUYỆN ĐÔNG GIANG",), ("Năm 2023",), ("TT", "Xã", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo"))
    rows = [*head, *((1, row.name, row.households, row.poor, row.near_poor) for row in dong_giang.rows(2023))]
    body = "".join("<Row>" + "".join(map(_xml_cell, row)) + "</Row>" for row in rows)
    table = f'<Worksheet ss:Name="Mẫu 08"><Table>{body}</Table></Worksheet>'
    return f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">{table}</Workbook>'.encode()


def _xml_cell(value: object) -> str:
    kind = "String" if isinstance(value, str) else "Number"
    return f'<Cell ss:MergeAcross="0"><Data ss:Type="{kind}">{value}</Data></Cell>'
