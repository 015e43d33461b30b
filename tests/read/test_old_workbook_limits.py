"""An .xls that claims more than its bytes can hold is refused before any library sees it."""

import struct
from pathlib import Path

import pytest

from thidua_cli import pipeline
from thidua_cli.findings import Finding
from thidua_cli.language import Language
from thidua_cli.read import opened_workbook
from thidua_cli.read.biff8_extent import xls_asks_too_much
from thidua_cli.read.compound_chains import chain_of, compound_fault
from thidua_cli.read.examine import WorkbookArchive

FIXTURE = Path(__file__).parent / "fixtures" / "mau-08.xls"
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
BEGIN, STOP = (0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0)), (0x000A, b"")
SIZE = 512
Record = tuple[int, bytes]


def entry(name: str, kind: int, start: int, length: int) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0"
    tree = struct.pack("<HBBIII", len(letters), kind, 1, FREE, FREE, 1 if kind == 5 else FREE)
    return letters.ljust(64, b"\0") + tree + bytes(36) + struct.pack("<IQ", start, length)


def compound(stream: bytes, **header: int) -> bytes:
    """The smallest compound file around one stream: tables, a directory and the stream, one after the other."""
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // SIZE)
    tables = sectors // 126 + 1
    first = tables + 1
    rows = [*[TABLE] * tables, END, *range(first + 1, first + sectors), END]
    claimed = {"tables": tables, "small_tables": 0} | header
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, claimed["tables"], tables, 0, 4096, END, claimed["small_tables"], END, 0)
    head += struct.pack("<109I", *range(tables), *[FREE] * (109 - tables))
    directory = entry("Root Entry", 5, END, 0) + entry("Workbook", 2, first, len(stream))
    table = struct.pack(f"<{128 * tables}I", *rows, *[FREE] * (128 * tables - len(rows)))
    return head + table + directory.ljust(SIZE, b"\0") + stream.ljust(sectors * SIZE, b"\0")


def stored(records: list[Record]) -> bytes:
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in records)


def workbook(*records: Record, globals_: tuple[Record, ...] = (), sheets: int = 1) -> bytes:
    """A workbook of which so many sheets begin in one place."""
    names = [(0x0085, struct.pack("<IBBBB", 0, 0, 0, 3, 0) + b"%03d" % place) for place in range(sheets)]
    before = len(stored([BEGIN, *globals_, *names, STOP]))
    placed = [(kind, struct.pack("<I", before) + body[4:]) for kind, body in names]
    return compound(stored([BEGIN, *globals_, *placed, STOP, BEGIN, *records, STOP]))


def number(row: int, column: int) -> Record:
    return 0x0203, struct.pack("<HHHd", row, column, 15, 1.0)


def dimensions(rows: int, columns: int) -> Record:
    return 0x0200, struct.pack("<IIHHH", 0, rows, 0, columns, 0)


NOT_MERGED = (0x00E5, struct.pack("<H", 60_000))
SHARED = (0x00FD, struct.pack("<HHHI", 0, 0, 15, 0))
LONG_TEXT = (0x00FC, struct.pack("<IIHB", 1, 1, 8_000, 0) + b"a" * 8_000)
CLAIMED = (0x0204, struct.pack("<HHHHB", 0, 0, 15, 65_000, 0))


def refusal(path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch) -> Finding:
    def opened(*_: object) -> None:
        raise AssertionError("a library was asked")

    path.write_bytes(content)
    monkeypatch.setattr(opened_workbook, "CalamineWorkbook", opened)
    reading = pipeline.read([str(path)])
    assert (reading.refused, len(reading.findings)) == (1, 1)
    for language in Language:
        assert ".xlsx" in reading.findings[0].message(language) or "Excel" in reading.findings[0].message(language)
    return reading.findings[0]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (workbook(number(0, 0), number(65_535, 255)), "IV65536"),
        (workbook(number(0, 0), (0x00BD, struct.pack("<HH", 60_000, 0) + bytes(6) + b"\xff\x00")), "IV60001"),
        (workbook(dimensions(70_000, 300)), "khai nhiều ô hơn"),
        (workbook(NOT_MERGED, NOT_MERGED), "120.000 vùng ô gộp"),
        (workbook(*[number(0, 0)] * 100, sheets=900), "cùng chỉ vào một chỗ"),
        (workbook(*[SHARED] * 34_000, globals_=(LONG_TEXT,)), "chữ trong các ô"),
        (workbook(*[CLAIMED] * 1_100), "chữ trong các ô"),
        (workbook(number(65_535, 25), sheets=6), "trải ra"),
        (workbook(globals_=(LONG_TEXT, *[(0x003C, b"")] * 20_001)), "20.000 mảnh"),
    ],
    ids=[
        "far",
        "far side by side",
        "claimed",
        "merged",
        "sheets",
        "repeated",
        "longer than said",
        "together",
        "pieces",
    ],
)
def test_an_old_workbook_that_asks_too_much_is_refused_before_it_is_parsed(
    content: bytes, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding = refusal(tmp_path / "bieu.xls", content, monkeypatch)
    assert (finding.kind.code, words in finding.message()) == ("F009", True), finding.message()


@pytest.mark.parametrize(
    "content",
    [
        compound(b"", tables=3 << 20),
        compound(b"", small_tables=5_000),
        compound(bytes(40 * SIZE))[: 30 * SIZE],
    ],
    ids=["tables", "small tables", "cut short"],
)
def test_a_compound_file_that_claims_more_than_it_holds_is_refused_before_it_is_parsed(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding = refusal(tmp_path / "bieu.xls", content, monkeypatch)
    assert (finding.kind.code, "bị hỏng" in finding.message()) == ("F001", True)


@pytest.mark.parametrize(
    ("start", "table", "enough", "chain"),
    [
        (0, [1, 2, END], 9, [0, 1, 2]),
        (0, [1, 2, END], 2, [0, 1]),
        (END, [], 9, []),
        (0, [1, 0], 9, None),
        (1, [1, 1], 9, None),
        (0, [7], 9, None),
        (0, [3, END], 9, None),
    ],
)
def test_a_chain_ends_or_is_none(start: int, table: list[int], enough: int, chain: list[int] | None) -> None:
    assert chain_of(start, table, enough, last=len(table)) == chain


def test_an_ordinary_old_workbook_is_neither_refused_nor_suspect() -> None:
    content = FIXTURE.read_bytes()
    assert (compound_fault(content), xls_asks_too_much(content)) == (None, None)
    assert not WorkbookArchive(FIXTURE).is_suspect()
    assert xls_asks_too_much(workbook(number(0, 0), number(200, 20), dimensions(65_536, 256))) is None


def test_the_stream_that_excel_reads_is_looked_at_where_there_are_two() -> None:
    content = workbook().replace("Workbook".encode("utf-16-le"), "Worksome".encode("utf-16-le"))
    assert WorkbookArchive(content).is_suspect()
