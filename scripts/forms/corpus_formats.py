"""A workbook in other formats: with macros allowed, stored as text, in an old encoding, or saved by LibreOffice."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from python_calamine import CalamineWorkbook

from forms.corpus_encodings import Bytes, Encoding, encoded, stored

OFFICE: Final = shutil.which("soffice")
"""LibreOffice, which saves .xls and .ods; None where it is not installed."""
_WORKBOOK: Final = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_WITH_MACROS: Final = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_PARTS_WITH_TEXT: Final = ("xl/sharedStrings.xml", "xl/workbook.xml")
_XML_TEXT: Final = re.compile(r'(?<=>)[^<]+(?=</t>)|(?<=<sheet name=")[^"]+')


def repacked(workbook: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return a zipped workbook with every part passed through `change(name, content)`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, change(entry.filename, old.read(entry)))
    return stream.getvalue()


def with_macros_allowed(workbook: bytes) -> bytes:
    """Return an .xlsx with the content type of an .xlsm."""
    return repacked(
        workbook,
        lambda name, content: content.replace(_WORKBOOK, _WITH_MACROS) if name == "[Content_Types].xml" else content,
    )


def with_texts_as(workbook: bytes, encoding: Encoding) -> bytes:
    """Return an .xlsx whose cells and sheet names hold their text in an old encoding."""
    if encoding is Encoding.COMPOSED:
        return workbook

    def change(name: str, content: bytes) -> bytes:
        if name not in _PARTS_WITH_TEXT:
            return content
        return _XML_TEXT.sub(lambda found: stored(found[0], encoding), content.decode()).encode()

    return repacked(workbook, change)


def text_table(workbook: Path, separator: str, encoding: Encoding, stored_as: Bytes) -> bytes:
    """Return the first sheet of a workbook as a text table, every cell as it is stored."""
    rows = CalamineWorkbook.from_path(str(workbook)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator, lineterminator="\r\n")
    writer.writerows([_field(cell) for cell in row] for row in rows)
    return encoded(stored(stream.getvalue(), encoding), stored_as)


def _field(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def saved_by_office(workbooks: Sequence[Path], suffix: str, folder: Path) -> None:
    """Save workbooks anew in another format, under their own names with another suffix, into `folder`.

    Raises:
        subprocess.CalledProcessError: LibreOffice failed.
        FileNotFoundError: LibreOffice is not installed, or gave no file.
    """
    if OFFICE is None:
        raise FileNotFoundError("soffice")
    with tempfile.TemporaryDirectory() as profile:  # of its own, so that no open LibreOffice takes the work over
        command = [OFFICE, "--headless", f"-env:UserInstallation={Path(profile).as_uri()}", "--convert-to", suffix]
        subprocess.run([*command, "--outdir", str(folder), *map(str, workbooks)], check=True, capture_output=True)
    for workbook in workbooks:
        if not (folder / f"{workbook.stem}.{suffix}").exists():
            raise FileNotFoundError(folder / f"{workbook.stem}.{suffix}")
