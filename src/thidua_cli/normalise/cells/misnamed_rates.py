"""Columns headed "tỷ lệ hộ nghèo đa chiều" that hold the rate of the poor alone.

In Quyết định 666/QĐ-TTg "tỷ lệ nghèo đa chiều" is that of the poor and the near-poor together; in reports of the
Government it is that of the poor. Which of the two a column means its own figures tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import Language, Text, format_decimal
from thidua_cli.late_dataclass import replace
from thidua_cli.model import RATE_COLUMN, Measure, PrintedRate
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.forms.register import CANONICAL
from thidua_cli.normalise.sheet.numbers import format_rate, rate_agrees
from thidua_cli.normalise.table_reading import RateBesideCounts, TableReading
from thidua_cli.observations import Observations

V012: Final = Kind(
    code="V012",
    name="multidimensional-rate-of-the-poor",
    severity=Severity.NOTE,
    standing=Standing.NOTHING,  # counts stand; a rate that may be of the poor alone is not used as that of both
    names=("reason",),
    title=Text("Cột “nghèo đa chiều” là tỷ lệ hộ nghèo", "A “multidimensional” rate that is that of the poor"),
    message=Text("Cột tỷ lệ nghèo đa chiều: {reason}", "Column of the multidimensional rate: {reason}"),
    what=Text(
        "Cột ghi “tỷ lệ (hộ) nghèo đa chiều” nhưng số trong cột là tỷ lệ hộ nghèo, không gồm hộ cận nghèo; hoặc chỉ có"
        " cột này cạnh tỷ lệ hộ cận nghèo nên chưa biết là tỷ lệ nào. Là cảnh báo khi có dòng chỉ ghi tỷ lệ.",
        "The column is headed “tỷ lệ (hộ) nghèo đa chiều” and holds the rate of the poor without the near-poor; or it"
        " stands beside that of the near-poor alone, and which it is cannot be told. A warning where rows have no"
        " counts.",
    ),
    why=Text(
        "Một tên, hai tỷ lệ: trong báo cáo của Chính phủ, “tỷ lệ hộ nghèo đa chiều” là tỷ lệ hộ nghèo (cuối năm 2024:"
        " 1,93%); trong Quyết định 666/QĐ-TTg, “tỷ lệ nghèo đa chiều” gồm cả hộ cận nghèo (cuối năm 2024: 4,06%). Hiểu"
        " nhầm thì mức giảm và kết quả xét đều sai. Số cả nước: 599.608 hộ nghèo, 1.258.997 hộ nghèo và cận nghèo,"
        " Quyết"
        " định 217/QĐ-BLĐTBXH ngày 04/02/2025.",
        "One name, two rates: in reports of the Government “tỷ lệ hộ nghèo đa chiều” is the rate of the poor (end of"
        " 2024:"
        " 1.93%), in Quyết định 666/QĐ-TTg “tỷ lệ nghèo đa chiều” is that of poor and near-poor together (4.06%)."
        " Taken for"
        " the other, falls and verdicts are wrong. The whole country: 599,608 poor, 1,258,997 poor and near-poor"
        " households, Quyết định 217/QĐ-BLĐTBXH of 04/02/2025.",
    ),
    example=Text(
        "Xã có 400 hộ, 60 hộ nghèo, 40 hộ cận nghèo; cột “Tỷ lệ hộ nghèo đa chiều” ghi 15,00: đó là 60/400, không phải"
        " 100/400.",
        "A commune of 400 households has 60 poor and 40 near-poor; the column says 15.00, which is 60/400, not"
        " 100/400.",
    ),
    mend=Text(
        "Nếu là tỷ lệ hộ nghèo thì sửa đầu cột thành “Tỷ lệ hộ nghèo”; nếu là tỷ lệ hộ nghèo và hộ cận nghèo thì tính"
        " lại"
        " cột, hoặc thêm cột “Tỷ lệ hộ nghèo”. Có số hộ thì luôn dùng số hộ.",
        "If it is the rate of the poor, head it “Tỷ lệ hộ nghèo”; if it is that of both, compute it anew, or add a"
        " column"
        " “Tỷ lệ hộ nghèo”. Where there are counts, the counts are used.",
    ),
)
_COLUMN: Final = RATE_COLUMN[Measure.MULTIDIMENSIONAL]
_POOR, _NEAR_POOR = RATE_COLUMN[Measure.POOR], RATE_COLUMN[Measure.NEAR_POOR]
_NEARLY_ALL: Final = Fraction(4, 5)


class _Told(NamedTuple):
    """What the rows of a column tell; those without near-poor households tell nothing: both rates are one then."""

    rows: int
    of_the_poor: int
    """Rows in which it is the rate of the poor and not that of both."""

    @property
    def is_misnamed(self) -> bool:
        return self.of_the_poor > 0 and self.of_the_poor >= _NEARLY_ALL * self.rows


def rates_by_their_figures(table: TableReading) -> TableReading:
    """Return a table in which a rate of the poor does not pass for that of poor and near-poor (V012).

    Beside counts it is held against those of the poor from then on; without counts it is left out.
    """
    rows = table.rows
    if rows is None:
        return table
    beside = [rate for rate in table.rates if rate.measure is Measure.MULTIDIMENSIONAL]
    alone = _without_counts(rows) if _COLUMN in rows.rates else {}
    if not beside and not alone:
        return table
    told = _told(beside, rows, alone)
    if told.is_misnamed:
        return _without(table, alone, _of_the_poor(told, beside))
    if alone and not beside and _is_open(table.form, rows):
        return _without(table, alone, _OPEN)
    return table


def _without_counts(rows: Observations) -> Mapping[int, str]:
    """Return row → the printed rate of those that counts give no rate of."""
    needed = (Measure.MULTIDIMENSIONAL.whole, *Measure.MULTIDIMENSIONAL.parts)
    printed = rows.rates[_COLUMN].items()
    return {row: rate for row, rate in printed if any(rows.value(row, name) is None for name in needed)}


def _told(beside: Sequence[RateBesideCounts], rows: Observations, alone: Mapping[int, str]) -> _Told:
    known = [_of_counts(rate) for rate in beside] + [_of_rates(rows.rates_of(row)) for row in alone]
    telling = [is_of_the_poor for is_of_the_poor in known if is_of_the_poor is not None]
    return _Told(len(telling), sum(telling))


def _of_counts(rate: RateBesideCounts) -> bool | None:
    if rate.poor is None or rate.poor == rate.part:
        return None
    of_both = rate_agrees(rate.rate, rate.part, rate.whole, 2)
    return not of_both and rate_agrees(rate.rate, rate.poor, rate.whole)


def _of_rates(printed: Mapping[str, str]) -> bool | None:
    """Say whether a row of rates alone tells that its multidimensional rate is that of the poor."""
    rates = {name: PrintedRate.of(*text.split("+")) for name, text in printed.items()}
    both, near = rates[_COLUMN], rates.get(_NEAR_POOR)
    if near is None or not near.middle:
        return None
    if (poor := rates.get(_POOR)) is None:
        return True if both.high < near.low else None
    sum_fits = both.low <= poor.high + near.high and poor.low + near.low <= both.high
    return not sum_fits and both.low <= poor.high and poor.low <= both.high


def _is_open(form: str, rows: Observations) -> bool:
    """Say whether nothing in a table tells which rate it is: it stands beside that of the near-poor alone.

    The column of a canonical table is what its name says.
    """
    beside = rows.rates.keys() | rows.counts.keys()
    return form != CANONICAL and _NEAR_POOR in beside and beside.isdisjoint({_POOR, "poor_households"})


def _without(table: TableReading, alone: Mapping[int, str], reason: Text) -> TableReading:
    """Return the table with the column taken as that of the poor, and without its rates that no counts stand beside."""
    rows = table.rows
    assert rows is not None  # asked before
    kept = {row: rate for row, rate in rows.rates.get(_COLUMN, {}).items() if row not in alone}
    rates = {**rows.rates, _COLUMN: kept}
    if not kept:
        del rates[_COLUMN]
    first = next((rate for rate in table.rates if rate.measure is Measure.MULTIDIMENSIONAL), None)
    origin = rows.origin(min(alone), _COLUMN) if first is None else first.origin
    finding = Finding(
        V012,
        origin,
        year=table.year,
        column="rate:multidimensional",
        details={"reason": reason},
        severity_here=Severity.WARNING if alone else None,
    )
    return replace(
        table,
        rows=replace(rows, rates=rates),
        rates=tuple(map(_held_against_the_poor, table.rates)),
        findings=(*table.findings, finding),
    )


def _held_against_the_poor(rate: RateBesideCounts) -> RateBesideCounts:
    if rate.measure is not Measure.MULTIDIMENSIONAL or rate.poor is None:
        return rate
    return replace(rate, measure=Measure.POOR, part=rate.poor)


def _of_the_poor(told: _Told, beside: Sequence[RateBesideCounts]) -> Text:
    shown = next((rate for rate in beside if _of_counts(rate)), None)
    text = Text("{agreeing}/{rows} dòng ghi tỷ lệ hộ nghèo", "{agreeing} of {rows} rows hold the rate of the poor")
    number = text.fill(agreeing=told.of_the_poor, rows=told.rows)
    if shown is None:
        return _TAKEN.fill(number=number)
    both = Fraction(100 * shown.part, shown.whole)
    return _SHOWN.fill(
        number=number,
        unit=shown.unit_name,
        printed=Text(format_rate(shown.rate, Language.VI), format_rate(shown.rate, Language.EN)),
        poor=shown.poor,
        whole=shown.whole,
        both=Text(format_decimal(both), format_decimal(both, Language.EN)),
    )


_TAKEN: Final = Text(
    "{number}, không gồm hộ cận nghèo; không dùng làm tỷ lệ hộ nghèo và hộ cận nghèo",
    "{number} without the near-poor; it is not used as that of poor and near-poor",
)
_SHOWN: Final = Text(
    "{number} ({unit}: ghi {printed}, {poor}/{whole}), tính cả hộ cận nghèo là {both}%; được hiểu là tỷ lệ hộ nghèo",
    "{number} ({unit}: printed {printed}, {poor}/{whole}); with the near-poor it is {both}%. Taken for that of the"
    " poor",
)
_OPEN: Final = Text(
    "đứng cạnh tỷ lệ hộ cận nghèo mà không có tỷ lệ hay số hộ nghèo, nên chưa biết có gồm hộ cận nghèo không; không"
    " dùng",
    "it stands beside the rate of the near-poor, and no rate or count of the poor tells whether it includes these;"
    " not used",
)
