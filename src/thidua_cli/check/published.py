"""Family P: the totals of provinces and of the country against what was published of them (P001)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from thidua_cli.check.context import CheckContext
from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import NO_TEXT, Language, Text, format_count, format_decimal
from thidua_cli.lexicon import COUNT_WORDS, MEASURE_WORDS, RATE_WORDS
from thidua_cli.model import COUNTRY_CODE, Measure
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.quoting import Shipped
from thidua_cli.units.tables import boundary_day

if TYPE_CHECKING:
    from thidua_cli.rulebook.published import Publication

P001: Final = Kind(
    code="P001",
    name="differs-from-published",
    severity=Severity.NOTE,
    standing=Standing.NOTHING,
    names=("figure", "value", "expected"),
    title=Text("Tổng của tỉnh khác số đã công bố", "Total differs from what was published"),
    message=Text(
        "{unit}, năm {year}, {figure}: {whose} {value}, đã công bố {expected}, chênh lệch {gap} ({source}){others}",
        "{unit}, year {year}, {figure}: {whose} {value}, published {expected}, difference {gap} ({source}){others}",
    ),
    what=Text(
        "Tổng của tỉnh (cả nước) khác với số mà quyết định hoặc báo chí đã in cho cùng năm và cùng chuẩn nghèo. So với"
        " dòng của tỉnh, hoặc tổng các đơn vị khi biểu có đủ mọi đơn vị; bằng một trong các nguồn là đủ. Nơi chỉ in tỷ"
        " lệ thì so tỷ lệ. Biểu tự ghi ở tiêu đề là “số liệu minh họa” thì không so.",
        "The total of a province, or of the country, is not what a decision or the press prints of that year-end, on"
        " that poverty line. Compared is its own row, or the sum of its units where every unit is there; equal to any"
        " source is enough. Where rates alone are printed, rates are compared. A table whose title says “số liệu minh"
        " họa” (illustrative) is left alone.",
    ),
    why=Text(
        "Biểu có thể là bản trước khi phê duyệt, hoặc bản đã sửa sau khi công bố; báo cáo dùng hai số sẽ mâu thuẫn.",
        "The table may be older than the approval or mended after it; reports with both figures contradict.",
    ),
    example=Text(
        "Biểu của Điện Biên cộng được 25.514 hộ nghèo cuối năm 2025, quyết định in 25.541.",
        "The table of Điện Biên sums to 25,514 poor households at the end of 2025; the decision prints 25,541.",
    ),
    mend=Text(
        "Mở văn bản nêu trong ngoặc và xem bản nào là bản được phê duyệt. Chỉ là ghi chú: số của biểu vẫn được dùng."
        " Các số đã công bố: thidua rates --published.",
        "Open the document that is named and see which version was approved. A note only: the table's figures are used."
        " What was published: thidua rates --published.",
    ),
)

_CODE_LENGTH: Final = 2
"""Of provinces, and of the country ("VN")."""
_ILLUSTRATIVE: Final = ("minh họa", "minh hoạ")
_OWN_ROW: Final = Text("số liệu ghi", "the figures say")
_SUM: Final = Text("cộng {count} đơn vị được", "its {count} units sum to")
_PARTS: Final = (Measure.POOR, Measure.NEAR_POOR)
_RATED: Final = (*_PARTS, Measure.MULTIDIMENSIONAL)


class _PlaceTotal(NamedTuple):
    """Figures of a province or of the country at one year-end, as the files have them."""

    code: str
    year: int
    rows: Sequence[int]
    """Its own row alone, or those of all its units."""
    is_sum: bool


class _Gap(NamedTuple):
    """One figure that no source prints as the files have it."""

    column: str
    figure: Text
    value: int | Text
    expected: int | Text
    gap: Text
    source: Publication
    others: Text


def check_published(context: CheckContext) -> Iterator[Finding]:
    """Yield P001 where the total of a province or of the country is not what any source prints of that year-end."""
    totals = list(_totals(context))
    if not totals:
        return
    from thidua_cli.rulebook.published import published_of  # a file of its own, which few tables need

    for total in totals:
        lines = {context.observations.poverty_line[row] for row in total.rows}
        printed = published_of(total.code, total.year, next(iter(lines))) if len(lines) == 1 else ()
        gaps = list(_gaps(_figures(context, total), printed)) if printed else []
        if gaps and not _is_illustrative(context, total):
            yield from (_finding(context, total, gap) for gap in gaps)


def _totals(context: CheckContext) -> Iterator[_PlaceTotal]:
    table, own = context.observations, set[tuple[str, int]]()
    for code, rows in _series_near_top(context):
        if len(code) == _CODE_LENGTH:
            own |= {(code, table.year[row]) for row in rows}
            yield from (_PlaceTotal(code, table.year[row], [row], is_sum=False) for row in rows)
    for (code, year), rows in _units_of(context).items():
        if (code, year) not in own and _are_all(context, code, year, rows):
            yield _PlaceTotal(code, year, rows, is_sum=True)


def _units_of(context: CheckContext) -> dict[tuple[str, int], list[int]]:
    """Return (province or country, year) → the rows of its units that are in the files."""
    table, units = context.observations, dict[tuple[str, int], list[int]]()
    for code, rows in _series_near_top(context):
        parent = COUNTRY_CODE if len(code) == _CODE_LENGTH and code != COUNTRY_CODE else table.parent_code[rows[0]]
        if len(parent) == _CODE_LENGTH:
            for row in rows:
                units.setdefault((parent, table.year[row]), []).append(row)
    return units


def _series_near_top(context: CheckContext) -> Iterable[tuple[str, list[int]]]:
    """Return the series of provinces, of the country, and of what is right below them."""
    if context.arrays is not None:
        return context.arrays.series_near_top(_CODE_LENGTH)
    codes = {*context.observations.parent_code, *context.series}
    return context.series.items() if any(len(code) == _CODE_LENGTH for code in codes) else ()


def _are_all(context: CheckContext, code: str, year: int, rows: Sequence[int]) -> bool:
    codes = {context.observations.unit_code[row] for row in rows}
    if len(codes) == 1:  # a district's file, most often: no list has to be opened for it
        return False
    return codes == {unit.code for unit in context.tables.reporting_children(code, boundary_day(year))}


def _figures(context: CheckContext, total: _PlaceTotal) -> dict[str, int]:
    """Return the counts of a total by the columns that are published, as far as every row has them."""
    from thidua_cli.rulebook.published import BOTH, COUNT_FIELDS

    figures: dict[str, int] = {}
    for name in COUNT_FIELDS:
        values = [context.observations.value(row, name) for row in total.rows]
        known = [value for value in values if value is not None]
        if len(known) == len(values):
            figures[name] = sum(known)
    parts = [figures[part] for part in Measure.MULTIDIMENSIONAL.parts if part in figures]
    return figures | {BOTH: sum(parts)} if len(parts) == len(Measure.MULTIDIMENSIONAL.parts) else figures


def _gaps(figures: Mapping[str, int], printed: Sequence[Publication]) -> Iterator[_Gap]:
    from thidua_cli.rulebook.published import BOTH, COUNT_FIELDS

    counted = {name for row in printed for name in row.counts}
    told = {measure for measure in _RATED if _count_of(measure) in counted}
    for name in (name for name in COUNT_FIELDS if name in counted and name in figures):
        sources = [row for row in printed if name in row.counts]
        is_echo = name == BOTH and told.issuperset(_PARTS)
        if not is_echo and all(row.counts[name] != figures[name] for row in sources):
            yield _of_counts(name, figures[name], sources)
    # where the households are counted their count is compared, and a rate would tell it again
    for measure in (measure for measure in _RATED if measure not in told and not told.issuperset(_PARTS)):
        sources = [row for row in printed if row.rate(measure) is not None]
        if sources and _count_of(measure) in figures and figures.get("households"):
            told.add(measure)
            rate = Fraction(100 * figures[_count_of(measure)], figures["households"])
            if not any(_rounds_to(rate, row.rate(measure) or "") for row in sources):
                yield _of_rates(measure, rate, sources)


def _count_of(measure: Measure) -> str:
    """Return the column of what a measure counts, as it is published."""
    from thidua_cli.rulebook.published import BOTH

    return BOTH if measure is Measure.MULTIDIMENSIONAL else measure.parts[0]


def _of_counts(name: str, value: int, sources: Sequence[Publication]) -> _Gap:
    first, *rest = _most_final_first(sources)
    figure = COUNT_WORDS[name].long if name in COUNT_WORDS else MEASURE_WORDS[Measure.MULTIDIMENSIONAL].long
    difference = value - first.counts[name]
    gap = Text(f"{format_count(difference)} hộ", format_count(difference, Language.EN))
    other = [Text(*[format_count(row.counts[name], language) for language in Language]) for row in rest]
    return _Gap(name, figure, value, first.counts[name], gap, first, _others(other))


def _of_rates(measure: Measure, rate: Fraction, sources: Sequence[Publication]) -> _Gap:
    first, *rest = _most_final_first(sources)
    printed = first.rate(measure) or ""
    points = rate - Fraction(printed)
    gap = Text(f"{format_decimal(points)} điểm %", f"{format_decimal(points, Language.EN)} points")
    others = _others([_percent(row.rate(measure) or "") for row in rest])
    shown = Text(f"{format_decimal(rate)}%", f"{format_decimal(rate, Language.EN)}%")
    return _Gap(_count_of(measure), RATE_WORDS[measure].long, shown, _percent(printed), gap, first, others)


def _most_final_first(sources: Sequence[Publication]) -> list[Publication]:
    return sorted(sources, key=lambda row: row.is_preliminary)


def _others(values: Sequence[Text]) -> Text:
    if not values:
        return NO_TEXT
    text = Text("; nguồn khác in {values}", "; another source prints {values}")
    return text.fill(values=Text.joined(", ", dict.fromkeys(values)))


def _percent(printed: str) -> Text:
    return Text(f"{printed.replace('.', ',')}%", f"{printed}%")


def _rounds_to(rate: Fraction, printed: str) -> bool:
    """Say whether a rate may have been printed so; the last digit may have been cut off instead of rounded."""
    return abs(rate - Fraction(printed)) < Fraction(1, 10 ** len(printed.partition(".")[2]))


def _is_illustrative(context: CheckContext, total: _PlaceTotal) -> bool:
    """Say whether a table of a total says of itself, in its title, that its figures are invented."""
    places = {context.observations.table[row] for row in total.rows}
    titles = (line for layout in context.reading.layouts if layout.table in places for line in layout.title)
    return any(words in line.casefold() for line in titles for words in _ILLUSTRATIVE)


def _finding(context: CheckContext, total: _PlaceTotal, gap: _Gap) -> Finding:
    column = gap.column if gap.column in COUNT_WORDS else Measure.POOR.parts[0]
    origin, code, name, year = context.finding_place(total.rows[0], column)
    if total.is_sum:
        unit = context.tables.get(total.code, boundary_day(year))
        code, name = total.code, gap.source.unit_name if unit is None else unit.name
    written = [gap.source.document, f"{gap.source.day:%d/%m/%Y}" if gap.source.day else "", gap.source.address]
    details: dict[str, object] = {
        "value": gap.value,
        "expected": gap.expected,
        "figure": gap.figure,
        "whose": _SUM.fill(count=len(total.rows)) if total.is_sum else _OWN_ROW,
        "gap": gap.gap,
        "source": Shipped(", ".join(filter(None, written))),
        "others": gap.others,
    }
    value, expected = (side if isinstance(side, int) else side.vi for side in (gap.value, gap.expected))
    difference = value - expected if isinstance(value, int) and isinstance(expected, int) else None
    return Finding(P001, origin, code, name, year, column, value, expected, difference, details)
