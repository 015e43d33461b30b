"""Counts and rates in cells: what is read, what is reported, what is withheld."""

from fractions import Fraction
from pathlib import Path

import pytest

from forms.model import FormOptions, FormRow, Formula, Rates, Sums
from thidua_cli import pipeline
from thidua_cli.findings import Severity
from thidua_cli.normalise.sheet.numbers import Rate, Taken, Trouble, read_count, read_rate
from thidua_cli.read.grid import Cell as GridCell

from .cases import Cell, codes, counts, errors, only, read, read_form, read_table, table, write_sheet


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (20817, 20817),
        (20817.0, 20817),
        ("2510", 2510),
        ("20.817", 20817),
        ("20,817", 20817),
        ("1.234.567", 1234567),
        ("20 817", 20817),
        ("20\u00a0817 ", 20817),
        ("412204.00", 412204),
        ("412204,0", 412204),
        ("1.234,00", 1234),
        ("0", 0),
        ("", None),
        ("  ", None),
        ("-", None),
        (None, None),
    ],
)
def test_a_count_is_read_as_officers_write_it(cell: GridCell, value: int | None) -> None:
    assert read_count(cell).value == value
    assert read_count(cell).trouble is None


@pytest.mark.parametrize(
    ("cell", "trouble"),
    [
        ("12,5", Trouble.NOT_WHOLE),
        (12.5, Trouble.NOT_WHOLE),
        ("15 hộ", Trouble.NOT_WHOLE),
        ("chưa có", Trouble.NOT_WHOLE),
        ("1.23.456", Trouble.NOT_WHOLE),
        ("1,234.567", Trouble.NOT_WHOLE),
        (True, Trouble.NOT_WHOLE),
        (float("inf"), Trouble.NOT_WHOLE),
        (float("nan"), Trouble.NOT_WHOLE),
        ("9" * 5000, Trouble.NOT_WHOLE),
        (1e15, Trouble.NOT_WHOLE),
        ("-5", Trouble.NEGATIVE),
        ("−5", Trouble.NEGATIVE),
        (-5.0, Trouble.NEGATIVE),
    ],
)
def test_what_is_no_count_says_why(cell: GridCell, trouble: Trouble) -> None:
    assert read_count(cell) == (None, trouble, Taken.AS_IT_STANDS)


@pytest.mark.parametrize(
    ("cell", "rate"),
    [
        ("10.47%", Rate(Fraction(1047, 100), 2, True)),
        ("10,47 %", Rate(Fraction(1047, 100), 2, True)),
        (0.0663, Rate(Fraction(663, 10000), 4, False)),
        (24, Rate(Fraction(24), 0, False)),
        ("NaN%", None),
        (float("nan"), None),
        (float("inf"), None),
        ("cao", None),
        (None, None),
    ],
)
def test_a_rate_is_read_as_fraction_percentage_or_text(cell: GridCell, rate: Rate | None) -> None:
    assert read_rate(cell) == rate


@pytest.mark.parametrize("rates", [Rates.FORMULA, Rates.PERCENT, Rates.TEXT])
def test_printed_rates_of_every_style_agree_with_their_counts(rates: Rates, tmp_path: Path) -> None:
    rows = [FormRow("Xã Tà Lu", 517, 2100, 123, 510, 41, 170), FormRow("Xã Ba", 0, 0, 0, 0, 0, 0)]
    reading = read_form(tmp_path, rows, FormOptions(rates=rates))
    assert len(reading.rates) == 2
    assert "V006" not in {finding.kind.code for finding in pipeline.check(reading)}


def read_cells(folder: Path, *households: Cell) -> dict[str, object]:
    names = ["Xã Tà Lu", "Xã Sông Kôn", "Xã Ba", "Xã Tư"]
    rows = [[str(at + 1), names[at], cell, 12, 3] for at, cell in enumerate(households)]
    reading = read_table(folder, table(*rows))
    return {
        "values": [figures[0] for figures in counts(reading).values()],
        "findings": [(finding.kind.code, finding.origin.cell, finding.value) for finding in reading.findings],
    }


def test_numbers_stored_as_text_are_read_and_noted_once_per_column(tmp_path: Path) -> None:
    result = read_cells(tmp_path, "2510", "20.817", 300)
    assert result == {"values": [2510, 20817, 300], "findings": [("V003", "C4", "2510")]}


def test_whole_decimals_alone_are_no_doubt(tmp_path: Path) -> None:
    assert read_cells(tmp_path, "412204.00", "2510")["values"] == [412204, 2510]


def test_thousands_beside_decimals_are_ambiguous_and_withheld(tmp_path: Path) -> None:
    result = read_cells(tmp_path, "20.817", "412204.00", "2510")
    assert result["values"] == [None, 412204, 2510]
    assert result["findings"] == [("V003", "C5", "412204.00"), ("V004", "C4", "20.817")]


def test_a_count_that_is_withheld_is_no_number_that_was_read_as_text(tmp_path: Path) -> None:
    result = read_cells(tmp_path, "20.817", "412204.00")
    assert result["findings"] == [("V003", "C5", "412204.00"), ("V004", "C4", "20.817")]
    path = write_sheet(
        tmp_path / "bang.xlsx",
        [
            ["unit_code", "year", "households", "poor_households", "near_poor_households"],
            ["20473", 2023, "20.817", 3, 1],
            ["20470", 2023, "412204.00", 3, 1],
            ["20476", 2023, "2510", 3, 1],
        ],
    )
    reading = read(path)
    as_text = only(reading, "V003")
    assert (as_text.origin.cell, as_text.details["count"]) == ("C3", 2)
    assert (only(reading, "V004").origin.cell, codes(reading)) == ("C2", ["V003", "V004"])


def test_ambiguous_thousands_are_withheld_in_csv_too(tmp_path: Path) -> None:
    path = tmp_path / "bieu.csv"
    lines = ["UBND HUYỆN ĐÔNG GIANG;Năm rà soát: 2023", "TT;Tên xã;Tổng số hộ;Hộ nghèo;Hộ cận nghèo"]
    path.write_text("\n".join([*lines, "1;Tà Lu;20.817;12;3", "2;Ba;412204.00;12;3"]), "utf-8")
    reading = pipeline.read([str(path)])
    assert codes(reading) == ["V004"]
    assert [figures[0] for figures in counts(reading).values()] == [None, 412204]


@pytest.mark.parametrize(
    ("cell", "code"), [("chưa có", "V001"), (12.5, "V001"), (-4, "V002"), (None, "V005"), ("-", "V005"), ("—", "V005")]
)
def test_a_cell_that_is_no_count_is_reported_once_and_counts_as_missing(cell: Cell, code: str, tmp_path: Path) -> None:
    result = read_cells(tmp_path, 500, cell)
    assert result["values"] == [500, None]
    findings = result["findings"]
    assert isinstance(findings, list)
    assert [finding[:2] for finding in findings] == [(code, "C5")]


def test_a_thousand_that_excel_took_for_a_decimal_is_asked_for(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", 1.234, 12, 3]))
    assert "1.234" in only(reading, "V001").message()


def test_uncalculated_and_broken_cells_are_errors_where_used_and_a_note_beside(tmp_path: Path) -> None:
    rows = [
        FormRow("Xã Tà Lu", 500, 2100, Formula("=SUM(A1:A2)"), 510, 40, 170),
        FormRow("Xã Sông Kôn", 800, 3300, Formula("=#REF!", "#REF!"), 850, 80, 330),
    ]
    reading = read_form(tmp_path, rows, FormOptions(sums=Sums.NUMBER, rates=Rates.PERCENT, check_columns=True))
    found = {(f.kind.code, f.severity, f.origin.cell) for f in reading.findings}
    assert found == {
        ("F004", Severity.ERROR, "E11"),
        ("F005", Severity.ERROR, "E12"),
        ("F005", Severity.NOTE, "O9"),
    }
    assert counts(reading)["Xã Tà Lu", 2023] == (500, None, 40)
    assert counts(reading)["Xã Sông Kôn", 2023] == (800, None, 80)


def test_sums_that_were_never_calculated_are_named_cell_by_cell(tmp_path: Path) -> None:
    rows = [FormRow("Xã Tà Lu", 500, 2100, 120, 510, 40, 170), FormRow("Xã Ba", 700, 2800, 60, 240, 50, 200)]
    reading = read_form(tmp_path, rows, FormOptions(sums=Sums.UNCALCULATED, rates=Rates.NONE))
    assert set(errors(reading)) == {"F004"}
    assert len(counts(reading)) == 2
