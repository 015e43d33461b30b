"""The sheet of counts: each count of a unit and year-end stands once in the workbook, and all else refers to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from thidua_cli.judge.verdict import ClauseAnswer, Verdict
from thidua_cli.language import Language, Text
from thidua_cli.lexicon import LEVEL_WORDS, column_heading
from thidua_cli.model import REQUIRED_COUNTS, Measure, Series
from thidua_cli.present.doubts.words import DOUBT_TONE
from thidua_cli.present.export.count_sums import CountSums, is_sum
from thidua_cli.present.rates.notes import unit_mark
from thidua_cli.present.toolkit.document import ColumnType, Formula, Section, Table, TableColumn, Value
from thidua_cli.results import Pack

COUNTS: Final = "counts"
"""Key of the table that every formula refers to; row n is the n-th judged unit, as in the other tables of units."""
_WIDTH: Final = 10
_FIRST: Final = 4
SERIAL: Final = Text("STT", "No.")
_SUM: Final = "sum"
_SUM_HEADING: Final = Text("Hộ nghèo và cận nghèo", "Poor and near-poor")


class CountPlaces:
    """Which column of the sheet holds which count of which year-end."""

    def __init__(self, years: Sequence[int], names: Sequence[str]) -> None:
        self.years = years
        self.names = names
        self._columns = {
            (year, name): _FIRST + index for index, (year, name) in enumerate((y, n) for y in years for n in names)
        }

    @property
    def counted(self) -> list[str]:
        """The names of counts, without what is added up within a row."""
        return [name for name in self.names if name != _SUM]

    def column(self, year: int, name: str) -> int:
        """Return the number of a column, from 0."""
        return self._columns[year, name]

    def count(self, year: int, measure: Measure) -> str:
        """Return the place of what a measure counts; of a sum, of the cell that adds it up."""
        return f"{{{COUNTS}!{self.column(year, _numerator(measure))}}}"

    def whole(self, year: int, measure: Measure) -> str:
        """Return the place of the households that the rate of a measure is taken of."""
        return f"{{{COUNTS}!{self.column(year, measure.whole)}}}"

    def place(self, year: int, name: str) -> str:
        """Return the place of one count."""
        return f"{{{COUNTS}!{self.column(year, name)}}}"


def _numerator(measure: Measure) -> str:
    return _SUM if len(measure.parts) > 1 else measure.parts[0]


def count_places(pack: Pack) -> CountPlaces:
    """Return the counts that clauses, targets, rates and the form ask for, at all year-ends that are looked at."""
    verdicts = pack.eligible.verdicts
    windows = {answer.years for verdict in verdicts for answer in verdict.clauses}
    years = {year for window in windows for year in window} | set(pack.rates.table.years) | {pack.eligible.as_of}
    years |= {row.baseline_year for row in pack.rates.table.rows if row.baseline_year is not None}
    of_targets = _answers_of_targets(pack)
    years |= {year for answer in of_targets for year in answer.years_used}
    measures = _measures(verdicts) | {pack.rates.table.measure} | {answer.clause.measure for answer in of_targets}
    more = (name for measure in sorted(measures) for name in (measure.whole, *measure.parts))
    names = dict.fromkeys([*REQUIRED_COUNTS, _SUM, *more])
    return CountPlaces(sorted(years), list(names))


def _measures(verdicts: Iterable[Verdict]) -> set[Measure]:
    return {answer.clause.measure for verdict in verdicts for answer in verdict.clauses}


def _answers_of_targets(pack: Pack) -> list[ClauseAnswer]:
    """Return what targets are answered by, each with its own measure and window, where all its figures are known."""
    rows = () if pack.targets is None else pack.targets.rows
    answers = [row.answer for row in rows if row.answer is not None]
    return [answer for answer in answers if not answer.has_gaps and not answer.clause.subject.together]


def counts_section(pack: Pack, columns: CountPlaces, language: Language) -> Section:
    """Return the sheet of counts."""
    text = Text(
        "Mỗi số liệu chỉ ghi một lần ở trang này; mọi tỷ lệ, mức giảm và kết quả ở các trang khác là công thức tính từ "
        "đây. Ô trống là chưa có số liệu dùng được.",
        "Every count stands here once; all rates, falls and answers on the other sheets are formulas over it. An empty "
        "cell has no usable figure.",
    )
    summed = _summed(pack.eligible.series, columns)
    points = (text, *_on_sums(pack.eligible.series, columns, summed), _WORDS_STAND)
    return Section(
        sheet=Text("Số liệu", "Counts").pick(language),
        title=Text("SỐ LIỆU HỘ QUA CÁC NĂM", "COUNTS OF HOUSEHOLDS BY YEAR").pick(language),
        points=[each.pick(language) for each in points],
        table=_table(pack, columns, summed, language),
    )


_WORDS_STAND: Final = Text(
    "Khi sửa số liệu ở trang này, phần viết bằng chữ (lý do, lưu ý, dòng tổng hợp kết quả) và danh sách đơn vị không "
    "đạt, chưa xác định không đổi theo: phải lập lại tệp từ số liệu đã sửa.",
    "Where a count on this sheet is changed, words (reasons, remarks, the line that counts the answers) and the lists "
    "of units not met and undetermined do not follow: make the workbook anew from the changed figures.",
)


def _on_sums(
    series: Sequence[Series], columns: CountPlaces, summed: Mapping[int, Sequence[Formula | None]]
) -> Iterator[Text]:
    """Yield which counts follow the rows they were summed from, and which do not; only what applies."""
    if any(any(of_column) for of_column in summed.values()):
        yield Text(
            "Số hộ cộng từ các đơn vị cấp dưới có ở trang này là công thức: sửa số một xã thì huyện, tỉnh đổi theo.",
            "A count that was summed from units below that stand here is a formula: correct a commune, and its "
            "district and province follow.",
        )
    if _has_typed_sums(series, columns, summed):
        yield Text(
            "Số hộ đã cộng, gộp (dấu * hoặc +) mà không là công thức thì ghi sẵn, không đổi theo: các đơn vị được cộng "
            "không có đủ ở trang này.",
            "A count that was summed or merged (marked * or +) and is no formula is typed and does not follow: not all "
            "units it was summed from stand here.",
        )


def _has_typed_sums(
    series: Sequence[Series], columns: CountPlaces, summed: Mapping[int, Sequence[Formula | None]]
) -> bool:
    return any(
        name in figures.counts and summed[columns.column(year, name)][row] is None
        for row, unit in enumerate(series)
        for year in columns.years
        if (figures := unit.years.get(year)) is not None and is_sum(figures)
        for name in columns.counted
    )


def _table(
    pack: Pack, columns: CountPlaces, summed: Mapping[int, Sequence[Formula | None]], language: Language
) -> Table:
    marks = unit_marks(pack)
    series = pack.eligible.series
    rows: list[list[Value]] = [
        [
            number,
            unit.unit_code,
            unit.unit_name + marks.get((unit.unit_code, unit.line_beside), ""),
            LEVEL_WORDS[unit.level].short.pick(language),
            *_counts(unit, columns),
        ]
        for number, unit in enumerate(series, start=1)
    ]
    return Table(
        [
            *unit_columns(language),
            TableColumn(Text("Cấp", "Level").pick(language), width=9),
            *(
                TableColumn(_heading(name, language), ColumnType.COUNT, year_end_heading(year, language), _WIDTH)
                for year in columns.years
                for name in columns.names
            ),
        ],
        rows,
        tones=_tones(pack.eligible.verdicts, columns),
        formulas={**summed, **_sums(columns, len(rows))},
        key=COUNTS,
        heads_alone=True,
    )


def unit_columns(language: Language) -> list[TableColumn]:
    """Return the columns that begin every table of units: number, code, name."""
    return [
        TableColumn(SERIAL.pick(language), ColumnType.COUNT, width=6),
        TableColumn(Text("Mã", "Code").pick(language), width=8),
        TableColumn(Text("Đơn vị", "Unit").pick(language), width=26),
    ]


def unit_marks(pack: Pack) -> Mapping[tuple[str, str], str]:
    """Return what stands behind the names of units: summed, merged, in doubt; by code and poverty line."""
    return {(row.unit_code, row.line_beside): unit_mark(row) for row in pack.rates.table.rows}


def _heading(name: str, language: Language) -> str:
    return (_SUM_HEADING if name == _SUM else column_heading(name)).pick(language)


def year_end_heading(year: int, language: Language) -> str:
    """Return the heading above the counts of a year-end."""
    return Text("Cuối năm {year}", "End of {year}").fill(year=str(year)).pick(language)


def _counts(unit: Series, columns: CountPlaces) -> list[Value]:
    counts: list[Value] = []
    for year in columns.years:
        figures = unit.years.get(year)
        if figures is None:
            counts += [None] * len(columns.names)
            continue
        known = figures.counts
        counts += [
            figures.numerator(Measure.MULTIDIMENSIONAL) if name == _SUM else known.get(name) for name in columns.names
        ]
    return counts


def _summed(series: Sequence[Series], columns: CountPlaces) -> dict[int, Sequence[Formula | None]]:
    """Return the formulas of counts that are sums of other rows."""
    sums = CountSums(series, columns.years)
    return {
        column: [sums.formula(row, year, name, column, COUNTS) for row in range(len(series))]
        for year in columns.years
        for name in columns.counted
        for column in (columns.column(year, name),)
    }


def _sums(columns: CountPlaces, rows: int) -> dict[int, Sequence[Formula | None]]:
    """Return the sums of poor and near-poor: nothing where a part is missing, so that no half sum is taken for one."""
    formulas: dict[int, Sequence[Formula | None]] = {}
    for year in columns.years:
        poor, near_poor = (columns.column(year, part) for part in Measure.MULTIDIMENSIONAL.parts)
        adds = f'=IF(COUNT({{{poor}}},{{{near_poor}}})=2,{{{poor}}}+{{{near_poor}}},"")'
        formulas[columns.column(year, _SUM)] = [adds] * rows
    return formulas


def _tones(verdicts: Sequence[Verdict], columns: CountPlaces) -> dict[tuple[int, int], str]:
    """Return what marks the disputed counts."""
    return {
        (row, columns.column(doubt.year, doubt.column)): DOUBT_TONE
        for row, verdict in enumerate(verdicts)
        for doubt in verdict.doubts
        if doubt.year in columns.years and doubt.column in columns.names
    }
