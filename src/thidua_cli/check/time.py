"""Family T: the series of one unit through the years (T002, T004, T005)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from thidua_cli.check.areas import Gaps
from thidua_cli.check.context import CheckContext
from thidua_cli.check.unplaced import Unplaced
from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import Text
from thidua_cli.normalise.forms.register import ReportPart
from thidua_cli.normalise.forms.report_parts import parts_of

T002: Final = Kind(
    code="T002",
    name="year-missing",
    severity=Severity.WARNING,
    standing=Standing.NOTHING,
    title=Text("Thiếu năm trong chuỗi số liệu", "Year missing in a series"),
    message=Text(
        "{unit} có số liệu các năm {years_present}, thiếu {years_missing}",
        "{unit} has figures for {years_present} and lacks {years_missing}",
    ),
    what=Text(
        "Đơn vị có số liệu của năm trước và năm sau, nhưng thiếu năm ở giữa.",
        "The unit has figures before and after a year, but none for the year itself.",
    ),
    why=Text(
        "Xét “3 năm liên tục” cần số liệu của bốn mốc cuối năm; thiếu một mốc thì có thể là “Chưa xác định”.",
        "“Three consecutive years” needs four year-ends; without one the verdict may stay “undetermined”.",
    ),
    example=Text(
        "Xã có biểu của các năm 2021, 2022, 2024 nhưng không có biểu năm 2023.",
        "A commune has tables for 2021, 2022 and 2024, but none for 2023.",
    ),
    mend=Text(
        "Bổ sung tệp của năm còn thiếu; nếu đã có tệp thì xem biểu có bị ghi nhầm năm không.",
        "Add the file of that year; if it is there, see whether its table gives the wrong year.",
    ),
)

T004: Final = Kind(
    code="T004",
    name="poverty-line-changes",
    severity=Severity.WARNING,
    standing=Standing.NOTHING,
    title=Text("Chuẩn nghèo thay đổi giữa chuỗi", "Poverty line changes inside a series"),
    message=Text(
        "{unit}: chuẩn nghèo {previous_line} đến năm {previous_year}, {line} từ năm {year};"
        " không tính mức giảm giữa hai chuẩn",
        "{unit}: poverty line {previous_line} until {previous_year}, {line} from {year}; no fall is taken across",
    ),
    what=Text(
        "Số liệu của đơn vị được rà soát theo hai chuẩn nghèo khác nhau.",
        "The figures of the unit were taken on two different poverty lines.",
    ),
    why=Text(
        "Số hộ theo hai chuẩn không so sánh được: đổi chuẩn làm số hộ nghèo tăng hoặc giảm mà đời sống không đổi.",
        "Counts on two lines cannot be compared: a new line alone makes them rise or fall.",
    ),
    example=Text(
        "Số cuối năm 2021 theo chuẩn 2016-2020 đứng cạnh số cuối năm 2022 theo chuẩn 2022-2025.",
        "The end of 2021 on the 2016-2020 line stands beside the end of 2022 on the 2022-2025 line.",
    ),
    mend=Text(
        "Dùng kết quả tổng rà soát cuối năm 2021 theo chuẩn 2022-2025 làm số đầu kỳ, hoặc sửa cột poverty_line.",
        "Take the general review of end-2021 on the 2022-2025 line as the baseline, or mend the column poverty_line.",
    ),
)

T005: Final = Kind(
    code="T005",
    name="preliminary-and-final",
    severity=Severity.NOTE,
    standing=Standing.NOTHING,
    names=("value",),
    title=Text("Có cả số sơ bộ và số chính thức", "Preliminary and final both present"),
    message=Text(
        "{unit}, năm {year} có cả kết quả sơ bộ và chính thức{use}",
        "{unit}, year {year} has preliminary and final results{use}",
    ),
    what=Text(
        "Cùng một đơn vị và năm có cả kết quả rà soát sơ bộ và kết quả chính thức. Là cảnh báo khi Mẫu 08 mới là sơ bộ"
        " còn Mẫu 09, 10 đã chính thức: các biểu được ghép, số chính thức được ưu tiên, năm đó vẫn là sơ bộ.",
        "Preliminary and final results stand for the same unit and year. A warning where Mẫu 08 is preliminary and"
        " Mẫu 09 or 10 final: they are joined, final counts come first, and the year stays preliminary.",
    ),
    why=Text(
        "Chỉ số chính thức đã được phê duyệt mới dùng để xét; số sơ bộ không được cộng thêm.",
        "Only the final, approved figures count for a verdict; the preliminary ones are not added to them.",
    ),
    example=Text(
        "Thư mục có bieu-08-so-bo.xlsx và bieu-08-chinh-thuc.xlsx của cùng một huyện, cùng năm 2024.",
        "The folder holds bieu-08-so-bo.xlsx and bieu-08-chinh-thuc.xlsx of one district for 2024.",
    ),
    mend=Text(
        "Thường không phải sửa gì, có thể chuyển tệp sơ bộ ra khỏi thư mục; nếu là cảnh báo thì thay Mẫu 08 sơ bộ bằng"
        " bản chính thức.",
        "Mostly nothing; the preliminary file may be moved away. If it is a warning, replace the preliminary Mẫu 08 by"
        " the final one.",
    ),
)


def check_years_without_gap(context: CheckContext) -> Iterator[Finding]:
    """Yield T002 where a unit, or what it was made of, has figures before and after a year-end and none for it.

    A year-end at which the unit did not stand, or had another area, is not its own: its parts are asked for it.
    """
    years, unplaced, gaps = context.observations.year, Unplaced(context.reading.unplaced), Gaps(context)
    for rows in _stretches_to_look_at(context):
        missing = gaps.missing_years(rows)
        if not missing:
            continue
        present = dict.fromkeys(years[row] for row in rows)
        origin, code, name, _ = context.finding_place(rows[-1])
        missing = [year for year in missing if not unplaced.accounts_for(code, name, year)]
        if not missing:
            continue
        details = {"years_present": ", ".join(map(str, present)), "years_missing": ", ".join(map(str, missing))}
        yield Finding(T002, origin, code, name, missing[0], value=details["years_missing"], details=details)


def _stretches_to_look_at(context: CheckContext) -> Iterable[list[int]]:
    """Return the stretches that may lack years: none of one year-end alone."""
    if context.arrays is not None:
        return context.arrays.stretches_that_may_lack_years()
    return context.stretches if len(context.years) > 1 else ()


def check_poverty_lines(context: CheckContext) -> Iterator[Finding]:
    """Yield T004 where a unit's poverty line changes from one year-end to the next.

    A year-end on two lines is no break: what stands before it goes on to it, and what follows starts from it.
    """
    table = context.observations
    lines, years = table.poverty_line, table.year
    if context.arrays is None and len(set(lines)) == 1:
        return
    several = context.series.values() if context.arrays is None else context.arrays.series_of_several_lines()
    for rows in several:
        of_year: dict[int, set[str]] = {}
        for row in rows:
            of_year.setdefault(years[row], set()).add(lines[row])
        for before, row in pairwise(rows):
            if of_year[years[before]].isdisjoint(of_year[years[row]]):
                origin, code, name, year = context.finding_place(row, "poverty_line")
                details = {
                    "previous_line": lines[before],
                    "line": lines[row],
                    "previous_year": str(years[before]),
                }
                yield Finding(
                    T004, origin, code, name, year, "poverty_line", lines[row], lines[before], details=details
                )


def check_superseded(context: CheckContext) -> Iterator[Finding]:
    """Yield T005 for every preliminary row that a final one replaces, or that is joined with one of another form."""
    read = context.reading.observations
    for preliminary, final in context.superseded:
        yield _preliminary(context, preliminary, final, _REPLACED)
    for preliminary, final in context.mixed:
        if ReportPart.RESULTS in parts_of(read, preliminary):
            yield _preliminary(context, preliminary, final, _RESULTS_PRELIMINARY, Severity.WARNING)
        else:
            yield _preliminary(context, preliminary, final, _MOVEMENT_PRELIMINARY)


def _preliminary(
    context: CheckContext, preliminary: int, final: int, use: Text, severity: Severity | None = None
) -> Finding:
    origin, code, name, year = context.finding_place(preliminary, "status")
    place = str(context.observations.origin(final, "status"))
    details = {"use": use.fill(other=place)}
    return Finding(T005, origin, code, name, year, "status", value=place, details=details, severity_here=severity)


_REPLACED: Final = Text("; dùng kết quả chính thức", "; the final ones are used")
_RESULTS_PRELIMINARY: Final = Text(
    ": biểu này (Mẫu 08) mới là sơ bộ, biểu diễn biến ở {other} đã chính thức; số có ở cả hai biểu lấy theo bản chính"
    " thức, năm này vẫn tính là sơ bộ",
    ": this table (Mẫu 08) is preliminary, the movement at {other} final; what both hold is taken from the final one,"
    " and the year still counts as preliminary",
)
_MOVEMENT_PRELIMINARY: Final = Text(
    ": biểu này mới là sơ bộ, biểu ở {other} đã chính thức; số có ở cả hai biểu lấy theo bản chính thức",
    ": this table is preliminary, the one at {other} final; what both hold is taken from the final one",
)
