"""Illustrative results: names, counts and sentences are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from tests.places import origin
from thidua_cli.check.of_unit import Concern, UnitFinding
from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.judge.verdict import AttestState, ClauseAnswer, ClauseValue, State, Verdict
from thidua_cli.language import Text
from thidua_cli.measure.rates import rate_percent, rate_table
from thidua_cli.model import Basis, Citation, Level, Measure, Origin, Series, Status, YearFigures
from thidua_cli.observations import Observation, Observations, TableOrigin
from thidua_cli.results import (
    CheckResult,
    EligibleResult,
    RatesResult,
    SourceFile,
    SourceRole,
    UnitReport,
)
from thidua_cli.rulebook.schema import (
    AttestItem,
    Clause,
    Comparison,
    Rulebook,
    Subject,
    Test,
    ThresholdUnit,
)

YEARS: Final = (2021, 2022, 2023, 2024)
M: Final = Measure.MULTIDIMENSIONAL


def figures(year: int, row: int, households: int, poor: int | None, near_poor: int) -> YearFigures:
    known = {"households": households, "poor_households": poor, "near_poor_households": near_poor}
    return YearFigures(year, {name: count for name, count in known.items() if count is not None}, rows=(row,))


def _series(code: str, name: str, level: Level, parent: str, years: list[YearFigures]) -> Series:
    return Series(code, name, level, parent, {one.year: one for one in years})


def all_series() -> list[Series]:
    """A province summed from two districts (one year incomplete), and three communes, one of them with a rise."""
    minh = [figures(year, i, 6800 + 20 * i, 3100 - 310 * i, 797 - 20 * i) for i, year in enumerate(YEARS)]
    gia = [figures(year, 4 + i, 26800 + 200 * i, 110 - 31 * i, 97 - 20 * i) for i, year in enumerate(YEARS)]
    mau = [figures(year, 8 + i, 1240 + i, (512, 452, 493, 332)[i], 101) for i, year in enumerate(YEARS)]
    thuong = [figures(year, 12 + i, 980 + i, (300, None, 280, 270)[i], 44) for i, year in enumerate(YEARS)]
    thuong[3] = replace(thuong[3], status=Status.PRELIMINARY)
    thon = [
        replace(figures(year, 16 + i, 400, 90 - 20 * i, 10), basis=Basis.ROLLED_UP, assumed_complete=True)
        for i, year in enumerate(YEARS)
    ]
    sums = [
        replace(
            figures(a.year, 0, *(a.counts[name] + b.counts[name] for name in a.counts)),
            basis=Basis.ROLLED_UP,
            rows=a.rows + b.rows,
        )
        for a, b in zip(minh, gia, strict=True)
    ]
    sums[1] = replace(sums[1], counts={}, missing_children=("508",))
    return [
        _series("49", "Tỉnh Thí Dụ", Level.PROVINCE, "", sums),
        _series("504", "Huyện Minh Họa", Level.DISTRICT, "49", minh),
        _series("20956", "Xã Trà Mẫu", Level.COMMUNE, "504", mau),
        _series("20959", "Xã Ví Dụ Thượng", Level.COMMUNE, "504", thuong),
        _series("20962", "Xã Cộng Thôn", Level.COMMUNE, "504", thon),
        _series("507", "Thành phố Giả Định", Level.DISTRICT, "49", gia),
    ]


def observations() -> Observations:
    """Rows 9 to 28 of one sheet, in the order `all_series` numbers them."""
    table = Observations()
    columns = {"households": 3, "poor_households": 5, "near_poor_households": 9}
    index = table.add_table(TableOrigin("so-lieu.xlsx", "Mẫu 08", "mau-08", columns))
    rows: dict[int, tuple[Series, YearFigures]] = {}
    for one in all_series():
        for year in one.years.values():
            if len(year.rows) == 1:
                rows[year.rows[0]] = (one, year)
    for row, (one, year) in sorted(rows.items()):
        observation = Observation(
            one.unit_code, year.year, one.unit_name, one.level, one.parent_code, "2022-2025", year.status, year.counts
        )
        table.append(index, (9 + row,), observation)
    return table


def rates_result() -> RatesResult:
    return RatesResult(rate_table(all_series(), M), {"508": "Huyện Vắng Mặt"})


def citation(clause: str) -> Citation:
    return Citation("1/QĐ-VD", clause, date(2022, 6, 2))


RATE_CLAUSE: Final = Clause(
    "district-rate",
    Text("Huyện: tỷ lệ giảm từ 4 điểm % mỗi năm", "District: rate falls 4 points each year"),
    Subject(Level.DISTRICT),
    Test.RATE_FALL_EACH_YEAR,
    M,
    Comparison.AT_LEAST,
    Decimal("4"),
    ThresholdUnit.POINTS,
    Text("điểm phần trăm, trên số chưa làm tròn", "percentage points, on unrounded values"),
    citation("tiêu chí (3), gạch đầu dòng 2"),
    date(2026, 1, 1),
    years=3,
)
COUNT_CLAUSE: Final = Clause(
    "district-count",
    Text("Huyện: số hộ giảm trên 50%", "District: households fall by more than 50%"),
    Subject(Level.DISTRICT),
    Test.COUNT_FALL_SINCE_BASELINE,
    M,
    Comparison.MORE_THAN,
    Decimal("50"),
    ThresholdUnit.PERCENT,
    Text("so với cuối năm 2021, lớn hơn hẳn 50%", "from the end of 2021, strictly above 50%"),
    citation("tiêu chí (3), gạch đầu dòng 2"),
    date(2026, 1, 1),
    baseline_year=2021,
)
PLAN: Final = AttestItem(
    "district-plan", "district", Text("Ban hành kế hoạch kịp thời", "Plans issued on time"), citation("tiêu chí (3) a")
)
RULEBOOK: Final = Rulebook(
    "vi-du",
    Text("Tiêu chí thi đua minh họa", "Illustrative criteria"),
    "1",
    citation("Tiêu chí thi đua"),
    (RATE_CLAUSE, COUNT_CLAUSE),
    (PLAN,),
)


def fall_points(before: YearFigures | None, after: YearFigures | None) -> Fraction | None:
    old, new = (None if figures is None else rate_percent(figures, M) for figures in (before, after))
    return None if old is None or new is None else old - new


def fall_percent(before: YearFigures | None, after: YearFigures | None) -> Fraction | None:
    old, new = (None if figures is None else figures.numerator(M) for figures in (before, after))
    return None if not old or new is None else Fraction(100 * (old - new), old)


def _paths(one: Series, rate_state: State, count_state: State, note: Text | None) -> tuple[ClauseAnswer, ...]:
    years = one.years
    falls = tuple(ClauseValue(year, fall_points(years.get(year - 1), years.get(year))) for year in YEARS[1:])
    count = ClauseValue(2024, fall_percent(years.get(2021), years.get(2024)))
    return (
        ClauseAnswer(RATE_CLAUSE, rate_state, falls, YEARS, note=note),
        ClauseAnswer(COUNT_CLAUSE, count_state, (count,), (2021, 2024)),
    )


def verdicts() -> list[Verdict]:
    province, minh, mau, thuong, thon, gia = all_series()
    rounding = Text("Nếu tính trên tỷ lệ đã làm tròn thì kết quả khác.", "Rounded rates would give the other answer.")
    open_plan = ((PLAN, AttestState.OPEN),)

    def verdict(
        one: Series, state: State, reason: Text | None = None, margin: int | None = None, **more: object
    ) -> Verdict:
        base = Verdict(one.unit_code, one.unit_name, one.level, one.parent_code, (), (), state, reason, margin)
        return replace(base, **more)  # type: ignore[arg-type]  # fields of Verdict by name

    missing = Text("Thiếu số liệu năm 2022.", "Figures of 2022 are missing.")
    unknown = Text("Chưa biết xã thuộc khu vực I, II, III hay không.", "Not known whether in area I, II or III.")
    none = Text("Quyết định không đặt mức cho đơn vị này.", "The decision sets no number for this unit.")
    outside = ("not_coastal_commune",)
    return [
        verdict(province, State.UNDETERMINED, missing),
        verdict(
            minh,
            State.MET,
            margin=35,
            classes=("not_poor_district",),
            clauses=_paths(minh, State.MET, State.NOT_MET, rounding),
            attest=open_plan,
        ),
        verdict(mau, State.NO_CRITERION, none, classes=outside),
        verdict(thuong, State.UNDETERMINED, unknown, unknown_classes=("area_1", "area_2", "area_3"), classes=outside),
        verdict(thon, State.NO_CRITERION, none, classes=outside),
        verdict(
            gia,
            State.NOT_MET,
            margin=-12,
            classes=("not_poor_district",),
            clauses=_paths(gia, State.NOT_MET, State.NOT_MET, None),
            attest=open_plan,
        ),
    ]


def eligible_result() -> EligibleResult:
    return EligibleResult(RULEBOOK, 2024, verdicts(), observations(), all_series())


def kind(code: str, severity: Severity, vi: str, en: str) -> Kind:
    return Kind(
        code,
        "illustrative-kind",
        severity,
        Standing.DISPUTED,
        Text("Tiêu đề minh họa", "Illustrative title"),
        Text(vi, en),
        Text("Hộ nghèo và hộ cận nghèo cộng lại lớn hơn tổng số hộ.", "Poor and near-poor exceed all households."),
        Text("Một hộ chỉ được đếm một lần.", "A household is counted once."),
        Text("Tổng số hộ 100, hộ nghèo 80, hộ cận nghèo 30.", "100 households, 80 poor, 30 near-poor."),
        Text("Đối chiếu lại với danh sách hộ.", "Compare with the list of households."),
    )


TOO_MANY: Final = kind(
    "L001",
    Severity.ERROR,
    "hộ nghèo và hộ cận nghèo ({value}) lớn hơn tổng số hộ ({expected}).",
    "poor and near-poor households ({value}) exceed all households ({expected}).",
)
JUMP: Final = kind(
    "T003",
    Severity.WARNING,
    "{unit}: số hộ nghèo năm {year} thay đổi bất thường ({difference} hộ); đối chiếu lại với quyết định phê duyệt.",
    "{unit}: poor households of {year} changed implausibly ({difference}); compare with the approved result.",
)
FONT: Final = kind("F006", Severity.NOTE, "Đã chuyển phông chữ TCVN3 sang Unicode.", "Text converted from TCVN3.")


def findings() -> list[Finding]:
    def mau(sheet: str, cell: str, value: str | int) -> Finding:
        return Finding(
            TOO_MANY,
            origin("so-lieu.xlsx", sheet, cell),
            "20956",
            "Xã Trà Mẫu",
            2023,
            "poor_households",
            value,
            1240,
            272,
        )

    jump_at = origin("so-lieu.xlsx", "Mẫu 9", "E9")
    return [
        mau("Mẫu 10", "E10", 1512),
        mau("Mẫu 9", "AA9", "=1+1"),
        Finding(JUMP, jump_at, "504", "Huyện Minh Họa", 2023, "poor_households", 2480, None, -1310),
        Finding(FONT, Origin("cu.xls", "Sheet1")),
    ]


def check_result() -> CheckResult:
    return CheckResult(findings(), 2, 6, YEARS, 20)


def sources() -> list[SourceFile]:
    return [
        SourceFile("so-lieu.xlsx", "ab" * 32),
        SourceFile("huyen-ngheo.csv", "cd" * 32, SourceRole.CLASSES),
        SourceFile("vi-du.toml", "ef" * 32, SourceRole.RULES),
    ]


def unit_report(code: str = "504") -> UnitReport:
    one = next(series for series in all_series() if series.unit_code == code)
    verdict = next(verdict for verdict in verdicts() if verdict.unit_code == code)
    own = [UnitFinding(Concern.UNIT, finding) for finding in findings() if finding.unit_code == code]
    return UnitReport(rate_table([one], M, 2024), one, verdict, RULEBOOK, 2024, own, observations())
