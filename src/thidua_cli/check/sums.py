"""Family S: sums over rows and units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final, TypeAlias

from thidua_cli.check.context import CheckContext
from thidua_cli.check.likely_cause import PrintedRates, SummedRow, likely_cause
from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import Text
from thidua_cli.lexicon import column_text
from thidua_cli.model import COUNTS, Level, Unit
from thidua_cli.normalise.table_reading import Total
from thidua_cli.observations import Observations
from thidua_cli.units.tables import boundary_day

S001: Final = Kind(
    code="S001",
    name="children-do-not-sum",
    severity=Severity.ERROR,
    standing=Standing.DISPUTED,
    names=("column_text", "parent"),
    title=Text("Tổng các đơn vị không khớp với cấp trên", "Children do not sum to the parent"),
    message=Text(
        "{parent}, năm {year}, {column_text}: dòng của đơn vị ghi {value}, cộng {count} đơn vị trực thuộc được"
        " {expected}, chênh lệch {difference}{cause}",
        "{parent}, year {year}, {column_text}: own row {value}, sum of its {count} units {expected},"
        " difference {difference}{cause}",
    ),
    what=Text(
        "Số ở dòng của huyện (tỉnh) khác với tổng các xã (huyện) trực thuộc trong cùng năm.",
        "The figure in the row of a district or province differs from the sum of its units in the same year.",
    ),
    why=Text(
        "Số của cấp trên hoặc của ít nhất một đơn vị sai; kết quả xét của hai cấp sẽ mâu thuẫn nhau.",
        "The figure of the parent or of a unit is wrong, and the verdicts of the two tiers would contradict.",
    ),
    example=Text(
        "Huyện ghi 1.250 hộ nghèo, 11 xã cộng lại được 1.138: chênh 112, bằng đúng số của một xã.",
        "The district says 1,250 poor households, its 11 communes sum to 1,138: the 112 are exactly one commune's.",
    ),
    mend=Text(
        "Xem công thức cộng có đủ các dòng không, rồi đối chiếu số từng đơn vị với quyết định phê duyệt.",
        "See whether the formula takes every row, then compare each unit with the approving decision.",
    ),
)

S002: Final = Kind(
    code="S002",
    name="printed-total-differs",
    severity=Severity.ERROR,
    standing=Standing.DISPUTED,
    quotes=("label",),
    title=Text("Dòng tổng không khớp", "Printed total differs from its rows"),
    message=Text(
        "Dòng “{label}”, {column_text}: ghi {value}, cộng các dòng được {expected}, chênh lệch {difference}{cause}",
        "Row “{label}”, {column_text}: printed {value}, its rows sum to {expected}, difference {difference}{cause}",
    ),
    what=Text(
        "Số ở dòng tổng (Tổng cộng, Khu vực thành thị, Khu vực nông thôn …) khác với tổng các dòng của nó.",
        "The figure in a total row (Tổng cộng, Khu vực thành thị …) differs from the sum of the rows it covers.",
    ),
    why=Text(
        "Dòng tổng hoặc một dòng đơn vị sai; nếu là dòng đơn vị thì kết quả xét của đơn vị đó sai.",
        "The total or the row of a unit is wrong; if it is the unit's, so is its verdict.",
    ),
    example=Text(
        "Dòng “Tổng cộng” dùng =SUM(D9:D18) trong khi xã cuối cùng nằm ở dòng 19.",
        "The row “Tổng cộng” has =SUM(D9:D18), while the last commune stands in row 19.",
    ),
    mend=Text(
        "Sửa công thức cho đủ các dòng; nếu số được gõ tay thì đối chiếu từng dòng với quyết định phê duyệt.",
        "Let the formula take every row; if the total was typed, compare each row with the approving decision.",
    ),
)

S003: Final = Kind(
    code="S003",
    name="urban-rural-differs",
    severity=Severity.ERROR,
    standing=Standing.DISPUTED,
    quotes=("label",),
    title=Text("Thành thị + nông thôn khác tổng", "Urban + rural differs from the total"),
    message=Text(
        "Thành thị {urban} + nông thôn {rural} = {expected} ({column_text}), dòng tổng ghi {value},"
        " chênh lệch {difference}{cause}",
        "Urban {urban} + rural {rural} = {expected} ({column_text}), total row {value}, difference {difference}{cause}",
    ),
    what=Text(
        "Số của Khu vực thành thị cộng Khu vực nông thôn khác với dòng Tổng cộng (I + II).",
        "Khu vực thành thị (urban) and Khu vực nông thôn (rural) do not add up to the row Tổng cộng (I + II).",
    ),
    why=Text(
        "Một trong ba số sai; số của cả địa phương chưa thể tin cậy.",
        "One of the three is wrong, and the figure of the whole district or province cannot be relied on.",
    ),
    example=Text(
        "Thành thị 120 hộ, nông thôn 1.380 hộ, nhưng Tổng cộng ghi 1.380 vì công thức bỏ sót khu vực I.",
        "Urban 120, rural 1,380 households, but the total says 1,380 because its formula forgot section I.",
    ),
    mend=Text(
        "Sửa công thức dòng Tổng cộng, hoặc sửa số của khu vực theo quyết định phê duyệt.",
        "Mend the formula of the total, or the figure of the section after the approving decision.",
    ),
)


def check_printed_totals(context: CheckContext) -> Iterator[Finding]:
    """Yield S002 where a total row is not the sum of its rows, S003 where it is not urban + rural."""
    rates = PrintedRates(context.reading)
    for total in context.reading.totals:
        for column in (name for name in COUNTS if name in total.row.counts):
            parts = [part.counts.get(column) for part in total.parts]
            known = [value for value in parts if value is not None]
            if not parts or len(known) < len(parts):
                continue  # a cell of a part is missing or wrong and reported there
            if sum(known) != total.row.counts[column]:
                yield _total_finding(context, total, column, rates)


def _total_finding(context: CheckContext, total: Total, column: str, rates: PrintedRates) -> Finding:
    table = context.observations.tables[total.table]
    own, *parts = (
        SummedRow(line.label, line.counts, rates.beside(table.cell(column, line.sheet_row)))
        for line in (total.row, *total.parts)
    )
    printed, summed = own.counts[column], sum(part.counts[column] for part in parts)
    details: dict[str, object] = {
        "label": total.row.label,
        "column_text": column_text(column),
        "cause": likely_cause(column, own, parts),
    }
    kind = S002
    if total.of_sections and len(parts) == 2:
        kind = S003
        details |= {"urban": parts[0].counts[column], "rural": parts[1].counts[column]}
    origin = table.cell(column, total.row.sheet_row)
    return Finding(
        kind,
        origin,
        year=total.year,
        column=column,
        value=printed,
        expected=summed,
        difference=printed - summed,
        details=details,
    )


def check_children_sum(context: CheckContext) -> Iterator[Finding]:
    """Yield S001 where a unit's own row differs from the sum of all its units of that year.

    Where a unit is missing, U008 says so and no sum is taken. A printed total row of the same table is S002's.
    """
    table, rates = context.observations, PrintedRates(context.reading)
    own_totals = {read.own_total for read in context.reading.tables}
    for (parent, year, line), rows in _sums_to_look_at(context):
        own = context.row_of(parent, year, line)
        if own is None or (own in own_totals and all(table.table[row] == table.table[own] for row in rows)):
            continue
        if missing_children(context, parent, year, rows):
            continue
        for column in table.counts:
            yield from _child_sum(context, own, rows, column, rates)


def _child_sum(
    context: CheckContext, own: int, rows: Sequence[int], column: str, rates: PrintedRates
) -> Iterator[Finding]:
    table = context.observations
    printed = table.value(own, column)
    values = [table.value(row, column) for row in rows]
    known = [value for value in values if value is not None]
    if printed is None or len(known) < len(values) or sum(known) == printed:
        return
    origin, code, name, year = context.finding_place(own, column)
    total, *parts = (_summed_row(context, row, rates) for row in (own, *rows))
    details = {
        "parent": name,
        "column_text": column_text(column),
        "count": len(rows),
        "cause": likely_cause(column, total, parts),
    }
    yield Finding(S001, origin, code, name, year, column, printed, sum(known), printed - sum(known), details)


def _summed_row(context: CheckContext, row: int, rates: PrintedRates) -> SummedRow:
    table = context.observations
    counts = {name: value for name in table.counts if (value := table.value(row, name)) is not None}
    label = table.unit_name[row] or table.unit_code[row]
    return SummedRow(label, counts, rates.beside(table.origin(row, "unit_name")))


Siblings: TypeAlias = tuple[str, int, str]
"""Parent, year-end, and the poverty line its children stand on; "" where some stand on one and some on another."""


def _sums_to_look_at(context: CheckContext) -> Iterable[tuple[Siblings, list[int]]]:
    if context.arrays is None:
        return rows_by_parent(context).items()
    return by_line(context.observations, context.families.that_may_not_sum())


def rows_by_parent(context: CheckContext) -> dict[Siblings, list[int]]:
    """Return the children's rows, for parents that are a unit of the data or of the tables read.

    Children of which some have rows on two poverty lines are taken on each of them.
    """
    if context.siblings is None:
        context.siblings = _rows_by_parent(context)
    return context.siblings


def _rows_by_parent(context: CheckContext) -> dict[Siblings, list[int]]:
    table = context.observations
    parents = (set(table.parent_code) & context.series.keys()) | context.scopes
    if not parents:
        return {}
    children: dict[tuple[str, int], list[int]] = {}
    for rows in context.series.values():
        for row in rows:
            if table.parent_code[row] in parents:
                children.setdefault((table.parent_code[row], table.year[row]), []).append(row)
    if len(set(table.poverty_line)) == 1:
        return {(*key, table.poverty_line[0]): rows for key, rows in children.items()}
    return dict(by_line(table, ((*key, rows) for key, rows in children.items())))


def by_line(
    table: Observations, families: Iterable[tuple[str, int, list[int]]]
) -> Iterator[tuple[Siblings, list[int]]]:
    """Yield the rows of families (parent, year-end, rows) by their poverty lines."""
    return chain.from_iterable(_by_line(table, *family) for family in families)


def _by_line(table: Observations, parent: str, year: int, rows: list[int]) -> Iterator[tuple[Siblings, list[int]]]:
    lines = dict.fromkeys(table.poverty_line[row] for row in rows)
    if len(lines) > 1 and len({table.unit_code[row] for row in rows}) == len(rows):
        yield (parent, year, ""), rows
        return
    for line in lines:
        yield (parent, year, line), [row for row in rows if table.poverty_line[row] == line]


def missing_children(context: CheckContext, parent: str, year: int, rows: Iterable[int]) -> list[Unit]:
    """Return the units of `parent` at that year-end that have no row; empty for a parent of villages."""
    table = context.observations
    present = {table.unit_code[row] for row in rows}
    if any(table.level[row] is Level.VILLAGE for row in rows):
        return []
    # the island district Hoàng Sa is in the list and has no household: nobody reports it
    children = context.tables.reporting_children(parent, boundary_day(year))
    return [unit for unit in children if unit.code not in present]
