"""What is parsed apart from this process: workbooks that two readers may read differently."""

import io
import warnings
import zipfile
from pathlib import Path

import pytest

from thidua_cli.read.examine import WorkbookArchive

SAMPLES = sorted((Path(__file__).parents[2] / "sample_data").rglob("*.xlsx"))
SHEET = "xl/worksheets/sheet1.xml"


def is_suspect(content: Path | bytes) -> bool:
    return WorkbookArchive(content).is_suspect()


def packed(*parts: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", method) as archive:
        warnings.simplefilter("ignore")  # of two parts of one name
        for name, content in parts:
            archive.writestr(name, content)
    return stream.getvalue()


def test_no_sample_is_suspect() -> None:
    assert SAMPLES
    assert [path.name for path in SAMPLES if is_suspect(path) or is_suspect(path.read_bytes())] == []


@pytest.mark.parametrize(
    "content",
    [
        packed((SHEET, b"<a/>"), (SHEET, b"<b/>")),
        packed((SHEET, b"<a/>"), (SHEET.upper(), b"<b/>")),
        packed((SHEET, b"<a/>"), method=zipfile.ZIP_BZIP2),
        packed((SHEET, b"<a/>")).replace(SHEET.encode(), SHEET.encode()[::-1], 1),
        packed((SHEET, b"<a/>")) + packed((SHEET, b"<b/>")),
    ],
    ids=["two of one name", "names alike", "another method", "two names of one part", "two archives"],
)
def test_an_archive_that_may_be_read_in_two_ways_is_suspect(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    assert is_suspect(content)
    assert is_suspect(tmp_path / "a.xlsx")


def test_an_ordinary_archive_is_not_suspect() -> None:
    assert not is_suspect(packed((SHEET, b"<a/>")))
