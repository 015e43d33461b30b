"""What is wrong with the year of a table: none is known, or two places state different ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Final

from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import Text
from thidua_cli.model import Origin
from thidua_cli.normalise.sheet.other_time import OtherTime
from thidua_cli.normalise.sheet.title import SHEET_NAME, YearMention
from thidua_cli.quoting import Telling

H004: Final = Kind(
    code="H004",
    name="no-year",
    severity=Severity.ERROR,
    standing=Standing.VOID,
    title=Text("Không rõ năm rà soát", "No year"),
    message=Text(
        "Không rõ số liệu của năm nào: {reason}. {remedy}", "The year of the figures is not known: {reason}. {remedy}"
    ),
    what=Text(
        "Không có năm hợp lệ trong tiêu đề biểu, tên trang tính, tên tệp hay cột năm.",
        "No plausible year stands in the title, the name of the sheet, the name of the file or a column.",
    ),
    why=Text(
        "Mức giảm được tính giữa các năm; số liệu không rõ năm thì không dùng được.",
        "Falls are taken between years; figures without a year cannot be used.",
    ),
    example=Text(
        "Tiêu đề ghi “Năm rà soát: ……” nhưng chưa điền năm, tệp tên là bieu-08.xlsx.",
        "The title says “Năm rà soát: ……” with no year filled in, and the file is named bieu-08.xlsx.",
    ),
    mend=Text(
        "Ghi “Năm rà soát: 2024” ở phần tiêu đề của biểu, hoặc thêm --year 2024 vào lệnh.",
        "Write “Năm rà soát: 2024” in the title of the table, or add --year 2024 to the command.",
    ),
)


def no_year(
    origin: Origin,
    reason: Text | Telling,
    column: str | None = None,
    value: str | None = None,
    unit_name: str | None = None,
    remedy: Text | None = None,
) -> Finding:
    """Return H004 for a table, a column or a row; `remedy` says what to type for the latter two."""
    if remedy is None:
        remedy = _STATE_YEAR.fill(file=PurePath(origin.file).name)
    details = {"reason": reason, "remedy": remedy}
    return Finding(H004, origin, unit_name=unit_name, column=column, value=value, details=details)


_STATE_YEAR: Final = Text(
    "Ghi “Năm rà soát: …” ở tiêu đề biểu trong tệp {file}, hoặc chạy riêng tệp đó với --year NĂM.",
    "Write “Năm rà soát: …” in the title of the table in the file {file}, or run that file alone with --year YEAR.",
)
YEAR_IN_CELL: Final = Text("Ghi năm bằng bốn chữ số vào ô này.", "Write the year in four digits in this cell.")
YEAR_IN_HEADING: Final = Text(
    "Ghi năm vào tiêu đề của cột này như ở các cột khác.",
    "Write the year in the heading of this column, as the others do.",
)


def is_no_year(text: str) -> Telling:
    """Return the reason that a cell holds something else."""
    return Telling(_NO_YEAR, {"text": text})


_NO_YEAR: Final = Text("“{text}” không phải là một năm", "“{text}” is no year")


H005: Final = Kind(
    code="H005",
    name="conflicting-years",
    severity=Severity.WARNING,
    standing=Standing.DISPUTED,
    quotes=("value",),
    title=Text("Năm không thống nhất", "Conflicting years"),
    message=Text("{reason}; lấy năm {used}", "{reason}; {used} is taken"),
    what=Text(
        "Tiêu đề biểu, tên trang tính, tên tệp hoặc cột năm ghi các năm khác nhau, hoặc nêu một thời điểm không phải "
        "cuối năm (“đầu năm 2024” là cuối năm 2023).",
        "The title, the name of the sheet, the name of the file or the column of years give different years, or name a "
        "time that is no year-end (“đầu năm 2024” is the end of 2023).",
    ),
    why=Text(
        "Nếu lấy nhầm năm thì mức giảm của hai năm liền đều sai.",
        "If the wrong year is taken, the falls of two years running are wrong.",
    ),
    example=Text(
        "Biểu năm 2024 được làm từ tệp cũ, tiêu đề vẫn ghi “Năm rà soát: 2023”, tên tệp là bieu-2024.xlsx.",
        "The 2024 table was made from an old file: its title still says 2023 while the file is named bieu-2024.xlsx.",
    ),
    mend=Text(
        "Xem lại số liệu là của năm nào, sửa chỗ ghi sai, hoặc thêm --year 2024 vào lệnh.",
        "See which year the figures belong to and mend the wrong place, or add --year 2024 to the command.",
    ),
)


def conflicting_years(origin: Origin, used: YearMention, mentions: Iterable[YearMention]) -> Iterator[Finding]:
    """Yield H005 for every mention of another year than the one that is used, or of another time than a year-end."""
    for mention in mentions:
        # what the name of a sheet says of another time is told with what its title says
        if mention.year != used.year or (mention.words and mention.where is not SHEET_NAME):
            other = f"“{mention.words}”" if mention.words else str(mention.year)
            reason = _TWO_PLACES.fill(
                used=str(used.year), other=other, where_used=used.where, where_other=mention.where
            )
            yield _conflict(origin, used.year, mention.words or str(mention.year), reason)


def another_time(origin: Origin, used: int, option: Text | None, where: Text, time: OtherTime) -> Finding:
    """Return H005 for a table whose title names another time: read by what the user states, or as that year-end."""
    if option is not None:
        reason = _TWO_PLACES.fill(used=str(used), other=f"“{time.words}”", where_used=option, where_other=where)
    else:
        reason = _AS_YEAR_END.fill(where=where.capitalised(), words=time.words, used=str(used))
    return _conflict(origin, used, time.words, reason)


def _conflict(origin: Origin, used: int, value: str, reason: Text) -> Finding:
    return Finding(H005, origin, year=used, value=value, details={"used": str(used), "reason": reason})


_TWO_PLACES: Final = Text(
    "Năm ở {where_used} là {used}, ở {where_other} là {other}",
    "The year is {used} in {where_used} and {other} in {where_other}",
)
_AS_YEAR_END: Final = Text(
    "{where} ghi “{words}”, được hiểu là cuối năm {used}", "{where} says “{words}”, understood as the end of {used}"
)
