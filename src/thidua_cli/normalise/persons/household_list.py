"""F017: lists of persons or single households, refused before anything of them is looked at or said."""

from __future__ import annotations

from typing import Final

from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import Text
from thidua_cli.normalise.persons.numbers import is_birth, is_identity
from thidua_cli.quoting import described
from thidua_cli.read.grid import Cell, Grid

F017: Final = Kind(
    code="F017",
    name="household-list",
    severity=Severity.ERROR,
    standing=Standing.VOID,
    title=Text("Danh sách từng hộ, từng người", "List of households or persons"),
    message=Text(
        "Đây là danh sách từng hộ, từng người (dữ liệu cá nhân), không được đọc: {sign}; hãy gửi biểu tổng hợp số hộ, "
        "đừng gửi danh sách",
        "This is a list of households or persons (personal data); it is not read: {sign}. Send the table of counts, "
        "not the list",
    ),
    what=Text(
        "Mỗi dòng là một hộ hoặc một người: tên người, số căn cước 9 hoặc 12 chữ số, ngày sinh, hay đúng một hộ ở hầu "
        "hết các dòng dưới tên không phải tên đơn vị. Xét theo nội dung các dòng, không theo tiêu đề.",
        "Each row is one household or person: names of persons, identity numbers of 9 or 12 digits, days of birth, or "
        "exactly one household in nearly every row under names that are no unit's. Told by the rows, not by headings.",
    ),
    why=Text(
        "Đọc như biểu tổng hợp thì người thành thôn, xã, có kết quả xét và tên họ ra báo cáo. Vì vậy không ô nào của "
        "danh sách được đọc, nêu hay chép ra; phát hiện khác của biểu đó cũng không được nêu.",
        "Read as a table of counts, persons would become villages with verdicts, and their names would stand in "
        "reports. So no cell of the list is read, told or copied, and nothing else is said of that table.",
    ),
    example=Text(
        "Biểu có tiêu đề của Mẫu 08, cột đơn vị ghi tên chủ hộ, cột tổng số hộ đều là 1.",
        "A table headed as Mẫu 08 whose column of units names heads of households, with 1 household in each row.",
    ),
    mend=Text(
        "Gửi biểu tổng hợp theo Mẫu 08, 09, 10 và lấy danh sách ra khỏi tệp. Nếu các dòng là thôn, bản mang tên người "
        "thì ghi rõ “Thôn”, “Tổ dân phố” … trước tên.",
        "Send the summary of Mẫu 08, 09 or 10 and take the list out of the file. If the rows are villages that bear "
        "names of persons, write “Thôn”, “Tổ dân phố” … before the names.",
    ),
)
LIST: Final = Text("danh sách từng hộ (dữ liệu cá nhân)", "a list of households (personal data)")
_NAME: Final = Text("ô {cell} là {kind}, đọc như tên người", "{cell} is a {kind} that reads as a person's name")
_NUMBER: Final = Text("ô {cell} là số của một người ({kind})", "{cell} is a number of one person ({kind})")
_BIRTH: Final = Text("ô {cell} là ngày hoặc năm sinh", "{cell} is a day or year of birth")
_HEADING: Final = Text(
    "tiêu đề cột nêu tên, số hoặc ngày sinh của người", "its headings are of persons' names or numbers"
)
_ONE_EACH: Final = Text("từ ô {cell} ({kind}) mỗi dòng là một hộ", "from {cell} on ({kind}) every row is one household")


def by_headings(grid: Grid) -> Finding:
    """Return F017 for a list that says itself what it is: beside a table of counts that is nothing to mend."""
    return Finding(F017, grid.origin(), details={"sign": _HEADING}, severity_here=Severity.NOTE)


def by_rows(grid: Grid, row: int, column: int, cell: Cell, *, is_name: bool) -> Finding:
    """Return F017 at the cell (0-based) that tells a list which bears no heading of persons."""
    kind = described(str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell))
    origin = grid.origin(row, column)
    if is_identity(cell) and not is_name:
        sign = _NUMBER
    elif is_name:
        sign = _NAME
    else:
        sign = _BIRTH if is_birth(cell) else _ONE_EACH
    return Finding(F017, origin, details={"sign": sign.fill(cell=origin.cell, kind=kind)})
