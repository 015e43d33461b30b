"""Family L: figures of one row that contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import add, gt
from typing import Final

from thidua_cli.check.context import CheckContext
from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import Text
from thidua_cli.lexicon import column_text
from thidua_cli.observations import MISSING

L001: Final = Kind(
    code="L001",
    name="poor-exceed-households",
    severity=Severity.ERROR,
    standing=Standing.VOID,
    title=Text("Hộ nghèo và cận nghèo nhiều hơn tổng số hộ", "Poor and near-poor exceed households"),
    message=Text(
        "{unit}, năm {year}: hộ nghèo {poor} + hộ cận nghèo {near_poor} = {value}, lớn hơn tổng số hộ {expected}",
        "{unit}, year {year}: poor {poor} + near-poor {near_poor} = {value}, more than the {expected} households",
    ),
    what=Text(
        "Số hộ nghèo cộng số hộ cận nghèo lớn hơn tổng số hộ dân cư của đơn vị.",
        "Poor and near-poor households together are more than all households of the unit.",
    ),
    why=Text(
        "Một hộ chỉ là nghèo hoặc cận nghèo, nên tỷ lệ vượt 100% là có số sai; không dùng được.",
        "A household is either poor or near-poor; a rate over 100% shows a wrong figure, and none can be used.",
    ),
    example=Text(
        "Xã có 412 hộ, ghi 251 hộ nghèo và 215 hộ cận nghèo: 466 lớn hơn 412.",
        "A commune of 412 households has 251 poor and 215 near-poor: 466 is more than 412.",
    ),
    mend=Text(
        "Đối chiếu ba số với quyết định phê duyệt; hay gặp nhất là nhầm cột số khẩu hoặc gõ nhầm chữ số.",
        "Compare the three with the approving decision; often persons were typed for households, or a digit slipped.",
    ),
)

L002: Final = Kind(
    code="L002",
    name="part-larger-than-whole",
    severity=Severity.ERROR,
    standing=Standing.VOID,
    title=Text("Số “trong đó” lớn hơn tổng", "Part larger than its whole"),
    message=Text(
        "{unit}, năm {year}: {part_text} {value} lớn hơn {whole_text} {expected}",
        "{unit}, year {year}: {part_text} {value} is more than {whole_text} {expected}",
    ),
    what=Text(
        "Một số là bộ phận (như hộ nghèo dân tộc thiểu số) lớn hơn số chung của nó (như số hộ nghèo).",
        "A part (such as poor households of ethnic minorities) is more than its whole (such as poor households).",
    ),
    why=Text(
        "Ít nhất một trong hai số sai; chỉ tiêu tính từ các số này sẽ sai theo.",
        "At least one of the two is wrong, and every target computed from them would be wrong too.",
    ),
    example=Text(
        "Xã có 96 hộ nghèo nhưng ghi 104 hộ nghèo dân tộc thiểu số.",
        "A commune has 96 poor households, but 104 poor households of ethnic minorities.",
    ),
    mend=Text(
        "Đối chiếu hai số với danh sách hộ đã phê duyệt; kiểm tra xem có nhầm cột hay nhầm số khẩu không.",
        "Compare both with the approved list; see whether columns were mixed up or persons typed for households.",
    ),
)

L004: Final = Kind(
    code="L004",
    name="printed-sum-differs",
    severity=Severity.WARNING,
    standing=Standing.DISPUTED,
    title=Text("Tổng hộ nghèo và cận nghèo không khớp", "Printed sum of poor and near-poor differs"),
    message=Text(
        "Tổng số hộ nghèo và hộ cận nghèo ghi {value}, cộng từ hai cột được {expected}",
        "The printed sum of poor and near-poor households is {value}, the counts give {expected}",
    ),
    what=Text(
        "Biểu có cột tổng hộ nghèo và hộ cận nghèo, nhưng số ở cột này khác với tổng của hai cột.",
        "The table has a column for poor and near-poor together that differs from the sum of the two columns.",
    ),
    why=Text(
        "Chương trình dùng hai cột thành phần; chênh lệch cho thấy một trong ba số có thể sai.",
        "The program uses the two columns; the difference hints that one of the three figures is wrong.",
    ),
    example=Text(
        "Biểu ghi tổng 210 hộ, trong khi 120 hộ nghèo và 80 hộ cận nghèo cộng lại là 200.",
        "The sum is printed as 210, while 120 poor and 80 near-poor households make 200.",
    ),
    mend=Text(
        "Đối chiếu ba số với quyết định phê duyệt rồi sửa số sai, hoặc sửa công thức của cột tổng.",
        "Compare the three with the approving decision and mend the wrong one, or the formula of the sum.",
    ),
)


PARTS: Final = (
    ("poor_households", "households"),
    ("near_poor_households", "households"),
    ("minority_households", "households"),
    ("minority_poor_households", "minority_households"),
    ("minority_poor_households", "poor_households"),
    ("minority_near_poor_households", "minority_households"),
    ("minority_near_poor_households", "near_poor_households"),
    ("merit_poor_households", "poor_households"),
    ("poor_to_near_poor", "poor_opening"),
    ("near_poor_to_poor", "near_poor_opening"),
)
"""(part, whole): the part cannot be larger."""


def rows_over(context: CheckContext, parts: Sequence[str], whole: str) -> Iterable[int]:
    """Return the rows to look at: none where no row has more in some counts than in another one."""
    if context.arrays is not None:
        from thidua_cli.check import screens

        return screens.rows_over(context.observations, parts, whole)
    table = context.observations
    columns = [table.counts[part] for part in parts]
    values = columns[0] if len(columns) == 1 else map(add, *columns)
    return range(len(table)) if any(map(gt, values, table.counts[whole])) else ()


def check_poor_within_households(context: CheckContext) -> Iterator[Finding]:
    """Yield L001 where poor and near-poor households together are more than all households."""
    counts = context.observations.counts
    if not {"households", "poor_households", "near_poor_households"} <= counts.keys():
        return
    households, poor, near_poor = (counts[name] for name in ("households", "poor_households", "near_poor_households"))
    for row in rows_over(context, ("poor_households", "near_poor_households"), "households"):
        total, poor_count, near_poor_count = households[row], poor[row], near_poor[row]
        if poor_count + near_poor_count > total and MISSING not in (total, poor_count, near_poor_count):
            origin, code, name, year = context.finding_place(row, "poor_households")
            yield Finding(
                L001,
                origin,
                code,
                name,
                year,
                "poor_households",
                value=poor_count + near_poor_count,
                expected=total,
                difference=poor_count + near_poor_count - total,
                details={"poor": poor_count, "near_poor": near_poor_count},
            )


def check_parts_within_wholes(context: CheckContext) -> Iterator[Finding]:
    """Yield L002 where a part is larger than its whole, once per part; rows that L001 names are left to it."""
    counts = context.observations.counts
    told = {(finding.unit_code, finding.year) for finding in check_poor_within_households(context)}
    for part, whole in PARTS:
        if part not in counts or whole not in counts:
            continue
        for row in rows_over(context, (part,), whole):
            value, limit = counts[part][row], counts[whole][row]
            if value > limit != MISSING:
                origin, code, name, year = context.finding_place(row, part)
                if whole == "households" and part != "minority_households" and (code, year) in told:
                    continue
                details = {"part_text": column_text(part), "whole_text": column_text(whole)}
                difference = value - limit
                yield Finding(L002, origin, code, name, year, part, value, limit, difference, details)


def check_printed_sums(context: CheckContext) -> Iterator[Finding]:
    """Yield L004 where a printed sum of poor and near-poor households is not the sum of the two columns."""
    for printed in context.reading.sums:
        if printed.value != printed.expected:
            yield Finding(
                L004,
                printed.origin,
                printed.unit_code,
                printed.unit_name,
                printed.year,
                "sum:multidimensional",
                printed.value,
                printed.expected,
                printed.value - printed.expected,
            )
