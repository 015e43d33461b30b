"""What is wrong with the year of a table: none is known, or two places state different ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import Text
from thidua_cli.model import Origin
from thidua_cli.normalise.sheet.title import YearMention

H004: Final = Kind(
    code="H004",
    name="no-year",
    severity=Severity.ERROR,
    standing=Standing.VOID,
    title=Text("Không rõ năm rà soát", "No year"),
    message=Text("Không rõ số liệu của năm nào: {reason}", "The year of the figures is not known: {reason}"),
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
    origin: Origin, reason: Text, column: str | None = None, value: str | None = None, unit_name: str | None = None
) -> Finding:
    """Return H004 for a table, a column or a row."""
    return Finding(H004, origin, unit_name=unit_name, column=column, value=value, details={"reason": reason})


def is_no_year(text: str) -> Text:
    """Return the reason that a cell holds something else."""
    return Text(f"“{text}” không phải là một năm", f"“{text}” is no year")


H005: Final = Kind(
    code="H005",
    name="conflicting-years",
    severity=Severity.WARNING,
    standing=Standing.DISPUTED,
    title=Text("Năm không thống nhất", "Conflicting years"),
    message=Text(
        "Năm ở {where_used} là {used}, ở {where_other} là {other}; lấy năm {used}",
        "The year is {used} in {where_used} and {other} in {where_other}; {used} is taken",
    ),
    what=Text(
        "Tiêu đề biểu, tên trang tính, tên tệp hoặc cột năm ghi các năm khác nhau.",
        "The title, the name of the sheet, the name of the file or the column of years give different years.",
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
    """Yield H005 for every mention of another year than the one that is used."""
    for mention in mentions:
        if mention.year != used.year:
            details = {
                "used": str(used.year),
                "other": str(mention.year),
                "where_used": used.where,
                "where_other": mention.where,
            }
            yield Finding(H005, origin, year=used.year, value=str(mention.year), details=details)
