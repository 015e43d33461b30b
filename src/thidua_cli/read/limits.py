"""What a file may ask of the machine before it is parsed. Beyond it the file is refused (F009).

The numbers leave real files far below them: a district's workbook is 20 KB, half a million village rows × 20 columns
are a workbook of 44 MB that holds 380 MB of XML, nine times its size. A bomb is a thousand times
larger than it looks.
"""

from __future__ import annotations

import zipfile
from functools import lru_cache
from typing import Final

from thidua_cli.language import Text, format_count

MB: Final = 1 << 20

FILE_BYTES: Final = 256 * MB
"""Of a workbook, and of what comes on standard input; calamine holds shared texts in memory."""
TEXT_BYTES: Final = 1024 * MB
"""Of a CSV file, which is read row by row."""
SNIFFED_BYTES: Final = 1 << 16
"""How much of a file is looked at to know what it is: a web page may begin with long styles."""
MARKUP_BYTES: Final = 64 * MB
"""Of a web page or XML Spreadsheet 2003, whose cells are held as a whole."""
MENDED_BYTES: Final = 512 * MB
"""All parts of a workbook that is packed anew because calamine refuses it, decompressed."""
OLD_ENCRYPTED_BYTES: Final = 16 * MB
"""An encrypted .xls, which takes many times its size to decrypt."""
ENTRIES: Final = 5_000
"""Parts of a workbook: sheets, styles, pictures. A workbook of 700 sheets has about 1,500."""
SHEETS_WITHOUT_PART: Final = 100
"""Sheets that a workbook may name beyond the parts that it holds: some writers forget one."""
PART_BYTES: Final = 1024 * MB
"""One part, decompressed: one full sheet of 1,048,576 rows × 40 columns."""
TOTAL_BYTES: Final = 2048 * MB
"""All parts that are read, decompressed."""
RATIO: Final = 100
"""Decompressed ÷ compressed size of one part. Spreadsheet XML reaches 10 to 40; deflate can reach 1,032."""
RATIO_FLOOR_BYTES: Final = 8 * MB
"""Smaller parts may be compressed as well as they like: empty rows of a template are all alike."""
MERGED_RANGES: Final = 100_000
"""Merged ranges of one sheet; a Mẫu 09 of a whole province has about 1,500."""
CELLS: Final = 40_000_000
"""Cells in the rectangle from the first to the last cell with a value, which calamine holds as a whole."""
SPARSE_CELLS: Final = 2_000_000
"""… and no more than this and one for each byte of the sheet, so that a few cells far apart do not fill the memory."""
BYTES_PER_CELL: Final = 12
"""… for so many of an .xlsx, whose cells with a value take 16 bytes at least and mostly 30: one far cell makes a
million short rows a rectangle of gigabytes, and a full table of any length may have an empty cell for each filled."""
ALL_SPARSE_CELLS: Final = 8_000_000
"""The same of all sheets together, where calamine holds them all at once (.xls, .ods)."""
PIECES: Final = 20_000
"""Records that continue the shared texts of an .xls; full ones hold 160 MB of text."""
HARMLESS_TEXTS: Final = 1_000_000
"""Shared texts that a workbook may claim however few it holds: some writers count wrongly, and it is 24 MB at most."""
TEXT_CLAIMED_BYTES: Final = 64 * MB
"""Texts that records of an .xls claim beyond what they hold: they get the memory all the same."""
TEXT_REPEATED_BYTES: Final = 256 * MB
"""Shared texts, counted in each cell that holds them: a cell of twenty bytes may name a text of many thousands."""
SCAN_WHOLE_BYTES: Final = 32 * MB
"""A sheet's XML up to this size is held in memory and looked through before calamine parses it."""
PLAIN_BYTES: Final = 4 * MB
"""A larger sheet is looked at whether it is plain (plain_sheet.py); below it, that takes longer than it saves."""
WALLED_BYTES: Final = 8 * MB
"""A larger workbook is parsed by a process of its own (wall.py), whose start then costs next to nothing."""
WALL_MEMORY_BYTES: Final = 128 * MB
"""What such a process may hold, whatever the file …"""
WALL_MEMORY_PER_BYTE: Final = 64
"""… and so many times the size of the file: packed nine times and held as cells, half a million rows take 25 …"""
WALL_MOST_MEMORY_BYTES: Final = 4096 * MB
"""… and no more than this."""
WALL_SECONDS: Final = 10
"""How long it may take over a file; a sound one of some kilobytes takes a hundredth of a second …"""
WALL_SECONDS_PER_MB: Final = 10
"""… and so much longer for each megabyte of it."""
FIELD_CHARACTERS: Final = 1 << 20
"""One cell of a CSV file, and one line of it outside quotation marks."""
TEXT_COLUMNS: Final = 16_384
"""Cells in one line of a CSV file: as many columns as Excel has."""
TABLES: Final = 500
"""Tables one below the other in one sheet, each of which looks at all rows below it; a district has a dozen."""
HEADER_ROWS: Final = 40
"""Rows of one header, stacked or merged; a Mẫu 09 has five."""
HEADER_COLUMNS: Final = 500
"""Columns with a heading in one row of a header; real forms have fewer than 200, those of twenty years included."""

SHEET_ROWS: Final = 1_048_576
"""Rows of a web page or XML Spreadsheet 2003: as many as Excel has."""

METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How parts of a workbook are compressed (ECMA-376 part 2, 10.2); others cannot be decompressed up to a budget."""
_NINE_DIGITS: Final = 10**8
_PROLOGUE: Final = 1 << 16
_READ_SUFFIXES: Final = (".xml", ".rels", ".bin")
_NOT_READ: Final = ("xl/media/", "xl/embeddings/", "Pictures/", "Object ", "Thumbnails/", "xl/drawings/", "xl/printer")
_PARTS_KEPT: Final = 128
"""Names of parts: those of all files of one program are the same few."""
_NOT_PARSED: Final = ("xl/theme/", "docProps/")
"""At most copied as they are: nothing, calamine neither, looks for what they say."""
_WORKBOOK_PARTS: Final = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")


class BeyondLimitsError(Exception):
    """A file in markup asks for more than is given."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def memory_bytes(size: int) -> int:
    """Return what a process of its own may hold that parses a file of this size."""
    return min(WALL_MEMORY_BYTES + WALL_MEMORY_PER_BYTE * size, WALL_MOST_MEMORY_BYTES)


def seconds(size: int) -> int:
    """Return how long a process of its own may take over a file of this size."""
    return WALL_SECONDS + WALL_SECONDS_PER_MB * size // MB


def megabytes(size: int) -> str:
    """Return a size for a message.

    >>> megabytes(300 * MB)
    '300 MB'
    """
    return f"{-(-size // MB)} MB"


def rounded_count(count: int) -> Text:
    """Return a count for a message, in millions where its digits would pass for the number of a person's card.

    >>> rounded_count(15_360_256).vi, rounded_count(17_179_869_184).vi
    ('15.360.256', 'hơn 17.179 triệu')
    """
    if count < _NINE_DIGITS:
        return Text(format_count(count), f"{count:,}")
    return Text(f"hơn {format_count(count // 10**6)} triệu", f"over {count // 10**6:,} million")


def file_too_large(size: int, limit: int) -> Text | None:
    """Say that a file is larger than `limit`; None where it is not."""
    if size <= limit:
        return None
    return Text(
        f"tệp {megabytes(size)}, lớn hơn giới hạn {megabytes(limit)}; hãy chia thành nhiều tệp",
        f"the file has {megabytes(size)}, more than {megabytes(limit)}; split it into several files",
    )


def too_many_merged(count: int) -> Text | None:
    """Say that a sheet has more merged ranges than are followed; None where it has not."""
    if count <= MERGED_RANGES:
        return None
    return Text(
        f"có {format_count(count)} vùng ô gộp, quá giới hạn {format_count(MERGED_RANGES)}; hãy mở bằng Excel, bỏ gộp ô "
        "ở ngoài biểu rồi lưu lại",
        f"it has {count:,} merged ranges, more than {MERGED_RANGES:,}; open it in Excel, unmerge the cells beyond the "
        "table, and save it",
    )


def too_much_text(size: int, limit: int) -> Text | None:
    """Say that the texts of all cells take too much memory; None where they do not."""
    if size <= limit:
        return None
    return Text(
        f"chữ trong các ô cộng lại là {megabytes(size)}, quá giới hạn {megabytes(limit)}; hãy mở bằng Excel, xóa các "
        "ô chữ dài lặp lại rồi lưu lại",
        f"the texts of its cells are {megabytes(size)} together, more than {megabytes(limit)}; open it in Excel, "
        "delete the long texts that repeat, and save it",
    )


def archive_too_large(archive: zipfile.ZipFile) -> Text | None:
    """Say by the table of contents why an archive is not decompressed; None where it may be.

    What a part really holds is counted as it is decompressed (`archive.py`, `claims.py`). Parts that are never read
    (pictures, embedded files, other archives) do not matter.
    """
    entries = archive.infolist()
    if len(entries) > ENTRIES:
        return Text(
            f"sổ tính có {format_count(len(entries))} thành phần, quá {format_count(ENTRIES)}",
            f"the workbook has {len(entries):,} parts, more than {ENTRIES:,}",
        )
    read = [entry for entry in entries if is_read(entry.filename)]
    for entry in read:
        if entry.compress_type not in METHODS:
            return Text(
                f"phần “{entry.filename}” được nén theo cách mà Excel không đọc; hãy lưu lại bằng Excel hoặc "
                "LibreOffice",
                f"part “{entry.filename}” is compressed in a way that Excel does not read; save it anew in Excel or "
                "LibreOffice",
            )
        if entry.file_size > PART_BYTES:
            return _expands(entry.filename, entry.file_size, PART_BYTES)
        # An entry may claim to take no bytes at all.
        if entry.file_size > RATIO_FLOOR_BYTES and entry.file_size > RATIO * max(entry.compress_size, 1):
            ratio = entry.file_size // max(entry.compress_size, 1)
            return Text(
                f"phần “{entry.filename}” nén {format_count(ratio)} lần (giới hạn {RATIO}), giống tệp “bom nén”; "
                "nếu là tệp thật, hãy mở bằng Excel, xóa các dòng trống có định dạng rồi lưu lại",
                f"part “{entry.filename}” is compressed {ratio:,} times (limit {RATIO}), as in a compression bomb; if "
                "it is a real file, open it in Excel, delete empty formatted rows, and save it",
            )
    total = sum(entry.file_size for entry in read)
    return _expands("*", total, TOTAL_BYTES) if total > TOTAL_BYTES else None


def not_a_workbook(archive: zipfile.ZipFile) -> Text | None:
    """Say that a ZIP archive holds no workbook."""
    # Some Windows programs write the paths of an archive with backslashes.
    names = {name.replace("\\", "/") for name in archive.namelist()}
    if names.intersection(_WORKBOOK_PARTS) or "[Content_Types].xml" in names or not names:
        return None
    if any(name.lower().endswith((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".zip")) for name in names):
        return Text(
            "đây là tệp nén chứa tệp khác, không phải sổ tính; hãy giải nén rồi đưa thư mục vào",
            "this is an archive of files and no workbook; unpack it and give the folder",
        )
    return Text("đây là tệp nén, không phải sổ tính", "this is an archive and no workbook")


def declares_document_type(archive: zipfile.ZipFile) -> Text | None:
    """Say that a part declares a document type or entities: no spreadsheet program writes one."""
    for entry in archive.infolist():
        if is_read(entry.filename) and is_parsed(entry.filename):
            head = _prologue(archive, entry)
            if b"<!" in head and (b"<!DOCTYPE" in head or b"<!ENTITY" in head):
                return Text(
                    f"phần “{entry.filename}” khai báo DOCTYPE hoặc thực thể XML, "
                    "không chương trình bảng tính nào làm vậy",
                    f"part “{entry.filename}” declares a DOCTYPE or XML entities, as no spreadsheet program does",
                )
    return None


@lru_cache(maxsize=_PARTS_KEPT)
def is_read(part: str) -> bool:
    """Say whether a part of a workbook is ever decompressed here."""
    return part.endswith(_READ_SUFFIXES) and not part.startswith(_NOT_READ)


@lru_cache(maxsize=_PARTS_KEPT)
def is_parsed(part: str) -> bool:
    """Say whether anyone looks for XML in a part."""
    return not part.endswith(".bin") and not part.startswith(_NOT_PARSED)


def _prologue(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.file_size <= _PROLOGUE:
        return archive.read(entry)
    # A document type stands before the first element or nowhere.
    with archive.open(entry) as part:
        return part.read(_PROLOGUE)


def _expands(part: str, size: int, limit: int) -> Text:
    return Text(
        f"phần “{part}” giải nén thành {megabytes(size)}, quá giới hạn {megabytes(limit)}",
        f"part “{part}” decompresses to {megabytes(size)}, more than {megabytes(limit)}",
    )
