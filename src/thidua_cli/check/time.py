"""Family T: figures of one unit through the years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from thidua_cli.check.context import CheckContext
from thidua_cli.check.unplaced import Unplaced
from thidua_cli.findings import Finding, Kind, Severity
from thidua_cli.language import Text
from thidua_cli.normalise.headings import column_text
from thidua_cli.normalise.report_parts import RESULTS_FORM, parts_of
from thidua_cli.observations import MISSING

T001: Final = Kind(
    code="T001",
    name="opening-differs",
    severity=Severity.WARNING,
    title=Text("Số đầu năm khác số cuối năm trước", "Opening differs from last year's closing"),
    message=Text(
        "Đầu kỳ năm {year}, {column_text} là {value}; số cuối năm {previous_year} là {expected}",
        "At the start of {year}, {column_text}: {value}; closing count of {previous_year}: {expected}",
    ),
    what=Text(
        "Số hộ đầu kỳ trong biểu diễn biến khác với số hộ cuối năm trước đã được rà soát.",
        "The opening count in the table of movement differs from the count at the end of the year before.",
    ),
    why=Text(
        "Hai năm không nối tiếp nhau thì có thể một năm dùng số sơ bộ, hoặc địa bàn đã thay đổi.",
        "If two years do not join, one may be of preliminary figures, or the boundaries have changed.",
    ),
    example=Text(
        "Biểu năm 2024 ghi đầu kỳ 318 hộ nghèo, trong khi cuối năm 2023 được phê duyệt 312 hộ.",
        "The 2024 table opens with 318 poor households, while 312 were approved for the end of 2023.",
    ),
    mend=Text(
        "Đối chiếu cả hai số với quyết định phê duyệt của năm trước; nếu do sáp nhập thì ghi rõ trong báo cáo.",
        "Compare both with last year's approving decision; if a merger is the cause, say so in the report.",
    ),
)

T002: Final = Kind(
    code="T002",
    name="year-missing",
    severity=Severity.WARNING,
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

T003: Final = Kind(
    code="T003",
    name="implausible-jump",
    severity=Severity.WARNING,
    title=Text("Số liệu biến động bất thường", "Implausible jump"),
    message=Text(
        "{unit}, {column_text}: từ {expected} (năm {previous_year}) thành {value} (năm {year})",
        "{unit}, {column_text}: from {expected} ({previous_year}) to {value} ({year})",
    ),
    what=Text(
        "Số hộ thay đổi quá lớn giữa hai năm so với quy mô của đơn vị; xã ít hộ được phép dao động nhiều hơn.",
        "A count changes too much between two years for the size of the unit; small communes may vary more.",
    ),
    why=Text(
        "Thường là gõ thừa, thiếu chữ số, nhầm cột hoặc do sáp nhập; nếu sai thì mức giảm tính ra cũng sai.",
        "Often a digit too many or too few, a wrong column or a merger; if it is wrong, so is the fall.",
    ),
    example=Text(
        "Tổng số hộ của xã từ 1.204 (năm 2022) thành 12.040 (năm 2023).",
        "The households of a commune go from 1,204 (2022) to 12,040 (2023).",
    ),
    mend=Text(
        "Đối chiếu hai năm với quyết định phê duyệt; nếu số đúng thì giữ nguyên và ghi lý do trong báo cáo.",
        "Compare both years with the approving decisions; if they are right, keep them and give the reason.",
    ),
)

T004: Final = Kind(
    code="T004",
    name="poverty-line-changes",
    severity=Severity.WARNING,
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


OPENINGS: Final = (("poor_opening", "poor_households"), ("near_poor_opening", "near_poor_households"))
"""(count at the start of a year, count at the end of the year before)."""


def check_openings(context: CheckContext) -> Iterator[Finding]:
    """Yield T001 where a year does not open with what the year before closed with, on the same poverty line."""
    table = context.observations
    for opening, closing in OPENINGS:
        if opening not in table.counts or closing not in table.counts:
            continue
        opened, closed = table.counts[opening], table.counts[closing]
        for before, row in context.neighbours:
            value, expected = opened[row], closed[before]
            if value != expected and MISSING not in (value, expected):
                origin, code, name, year = context.finding_place(row, opening)
                details = {"column_text": column_text(closing), "previous_year": str(year - 1)}
                difference = value - expected
                yield Finding(T001, origin, code, name, year, opening, value, expected, difference, details)


def check_years_without_gap(context: CheckContext) -> Iterator[Finding]:
    """Yield T002 where a unit has figures before and after a year-end and none for it."""
    years, unplaced = context.observations.year, Unplaced(context.reading.unplaced)
    for rows in context.series.values():
        first, last = years[rows[0]], years[rows[-1]]
        if len(rows) <= last - first:
            present = [years[row] for row in rows]
            missing = sorted(set(range(first, last)) - set(present))
            origin, code, name, _ = context.finding_place(rows[-1])
            missing = [year for year in missing if not unplaced.accounts_for(code, name, year)]
            if not missing:
                continue
            details = {"years_present": ", ".join(map(str, present)), "years_missing": ", ".join(map(str, missing))}
            yield Finding(T002, origin, code, name, missing[0], value=details["years_missing"], details=details)


_SMALL: Final = 30


def is_implausible(before: int, after: int, allowed_rise: int = 0) -> bool:
    """Say whether a count of poor or near-poor households jumped beyond what one year brings.

    Small numbers move freely (3 → 9 is a bad harvest); a slipped digit moves a large one tenfold. Falls are what the
    movement is about, so only a fall by more than four fifths from at least 50 is asked about.

    >>> is_implausible(3, 9), is_implausible(240, 2400), is_implausible(2400, 240), is_implausible(300, 110)
    (False, True, True, False)
    """
    if after > before:
        return after > 2 * before + _SMALL + allowed_rise
    return before >= 50 and after * 5 < before


def is_implausible_total(before: int, after: int) -> bool:
    """Say whether the number of all households jumped: by more than three tenths and by more than 50.

    >>> is_implausible_total(1000, 1250), is_implausible_total(1000, 1350), is_implausible_total(60, 100)
    (False, True, False)
    """
    return abs(after - before) > 50 and abs(after - before) * 10 > 3 * before


def check_jumps(context: CheckContext) -> Iterator[Finding]:
    """Yield T003 where a count jumps between two year-ends on the same poverty line."""
    table = context.observations
    if not table.counts.keys() >= {"households", "poor_households", "near_poor_households"}:
        return
    households, poor, near_poor = (
        table.counts[name] for name in ("households", "poor_households", "near_poor_households")
    )
    for before, row in context.neighbours:
        if (
            -_SMALL <= households[row] - households[before] <= _SMALL
            and -_SMALL <= poor[row] - poor[before] <= _SMALL
            and -_SMALL <= near_poor[row] - near_poor[before] <= _SMALL
        ):
            continue  # too small for any of the tests below, as nearly all are: no call is made for them
        if _known(households, before, row) and is_implausible_total(households[before], households[row]):
            yield _jump(context, before, row, "households")
        if not _known(poor, before, row):
            continue
        if is_implausible(poor[before], poor[row]):
            yield _jump(context, before, row, "poor_households")
        left_poverty = max(0, poor[before] - poor[row])
        if _known(near_poor, before, row) and is_implausible(near_poor[before], near_poor[row], left_poverty):
            yield _jump(context, before, row, "near_poor_households")


def _known(column: Sequence[int], before: int, row: int) -> bool:
    return column[before] != MISSING and column[row] != MISSING


def _jump(context: CheckContext, before: int, row: int, column: str) -> Finding:
    values = context.observations.counts[column]
    origin, code, name, year = context.finding_place(row, column)
    details = {"column_text": column_text(column), "previous_year": str(year - 1)}
    difference = values[row] - values[before]
    return Finding(T003, origin, code, name, year, column, values[row], values[before], difference, details)


def check_poverty_lines(context: CheckContext) -> Iterator[Finding]:
    """Yield T004 where a unit's poverty line changes from one figure to the next."""
    table = context.observations
    lines, years = table.poverty_line, table.year
    if len(set(lines)) == 1:
        return
    for rows in context.series.values():
        for before, row in pairwise(rows):
            if lines[before] != lines[row]:
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
        if RESULTS_FORM in parts_of(read, preliminary):
            yield _preliminary(context, preliminary, final, _RESULTS_PRELIMINARY, Severity.WARNING)
        else:
            yield _preliminary(context, preliminary, final, _MOVEMENT_PRELIMINARY)


def _preliminary(
    context: CheckContext, preliminary: int, final: int, use: Text, severity: Severity | None = None
) -> Finding:
    origin, code, name, year = context.finding_place(preliminary, "status")
    other = str(context.observations.origin(final, "status"))
    details = {"use": use.fill(other=other)}
    return Finding(T005, origin, code, name, year, "status", value=other, details=details, severity_here=severity)


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
