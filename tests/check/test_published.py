"""Family P: totals against what was published (P001). What was published is the table that ships."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.check.cases import context, found, observed, read
from thidua_cli import pipeline
from thidua_cli.check.published import check_published
from thidua_cli.findings import Finding
from thidua_cli.language import Language
from thidua_cli.normalise.record.layout_record import LayoutRecord
from thidua_cli.observations import Observation
from thidua_cli.rulebook import published
from thidua_cli.rulebook.published import published_of
from thidua_cli.units.tables import boundary_day, bundled

SAMPLES = Path(__file__).parents[2] / "sample_data"
QUANG_NAM = (442673, 24669, 8402)
"""At the end of 2023, Quyết định 16/QĐ-UBND."""
DIEN_BIEN = (143650, 25541, 18748)
"""At the end of 2025, Quyết định 108/QĐ-UBND."""
COMMUNES = [unit.code for unit in bundled().reporting_children("11", boundary_day(2025))]


def told(*rows: Observation) -> list[Finding]:
    return found(check_published, *rows)


def communes(poor: int, left_out: int = 0) -> list[Observation]:
    """Return the communes of Điện Biên in 2025: the first has all households, the others none."""
    counts = [(DIEN_BIEN[0], poor, DIEN_BIEN[2]), *((0, 0, 0) for _ in COMMUNES[1:])]
    rows = zip(COMMUNES, counts, strict=True)
    return [observed(code, 2025, few, parent="11") for code, few in list(rows)[: len(COMMUNES) - left_out]]


def test_a_province_as_published_is_sound() -> None:
    assert told(observed("49", 2023, QUANG_NAM)) == []


def test_one_household_more_is_told_with_both_numbers_document_and_address() -> None:
    (finding,) = told(observed("49", 2023, (442673, 24670, 8402)))
    assert (finding.column, finding.value, finding.expected, finding.difference) == (
        *("poor_households", 24670, 24669, 1),
    )
    message = finding.message()
    assert "24.670" in message
    assert "24.669" in message
    assert "16/QĐ-UBND, https://baoquangnam.vn/ho-ngheo-da-chieu-nam-2023-giam-1-06-3128237.html" in message


def test_an_address_keeps_its_long_number() -> None:
    (finding,) = told(observed("44", 2022, (257085, 12856, 12248)))
    assert "/14012495781357/1672216839183" in finding.message()


def test_equal_to_any_of_two_sources_that_disagree_is_sound() -> None:
    assert told(observed("44", 2022, (257085, 12855, 12248))) == []
    assert told(observed("44", 2022, (257085, 12855, 12250))) == []
    (finding,) = told(observed("44", 2022, (257085, 12855, 12249)))
    assert finding.expected == 12248
    assert "nguồn khác in 12.250" in finding.message()


def test_a_final_publication_is_named_before_a_preliminary_one() -> None:
    assert told(observed("58", 2023, (None, 8253, 8887))) == []
    poor, _ = told(observed("58", 2023, (None, 8000, 8000)))
    assert poor.expected == 7874


@pytest.mark.parametrize(
    "row",
    [
        observed("49", 2023, (442673, 24670, 8402), line="2016-2020"),
        observed("49", 2020, (442673, 24670, 8402)),
        observed("48", 2023, (442673, 24670, 8402)),
        observed("505", 2023, (442673, 24670, 8402)),
        observed("49", 2023, (None, None, None)),
    ],
    ids=["another line", "another year", "another province", "a district", "nothing counted"],
)
def test_what_was_not_published_is_silent(row: Observation) -> None:
    assert told(row) == []


def test_each_line_of_one_year_end_has_its_own_publication() -> None:
    of_2021 = [row.poverty_line for row in published.publications() if (row.unit_code, row.year) == ("VN", 2021)]
    assert of_2021 == ["2016-2020", "2022-2025"]
    (finding,) = told(observed("VN", 2021, (None, 609050, 850202), line="2016-2020"))
    assert finding.expected == 609049


def test_poor_and_near_poor_together_are_compared_where_they_are_printed_so() -> None:
    assert told(observed("VN", 2024, (None, 599608, 659389))) == []
    (finding,) = told(observed("VN", 2024, (None, 599608, 659390)))
    assert finding.expected == 1258997
    # the decision of 2023 prints both parts, and each is compared with its own
    (finding,) = told(observed("VN", 2023, (None, 815101, 771236)))
    assert finding.expected == 771235


def test_rates_are_compared_where_no_count_is_printed() -> None:
    assert told(observed("11", 2024, (100000, 21290, 11960))) == []
    # what was cut off instead of rounded is as published
    assert told(observed("11", 2024, (100000, 21299, 11960))) == []
    (finding,) = told(observed("11", 2024, (100000, 21300, 11960)))
    assert "21,30%, đã công bố 21,29%, chênh lệch 0,01 điểm %" in finding.message()
    assert "21.30%, published 21.29%, difference 0.01 points" in finding.message(Language.EN)


def test_the_sum_of_all_units_is_compared_and_that_of_some_is_not() -> None:
    assert len(COMMUNES) == 45
    assert told(*communes(25541)) == []
    (finding,) = told(*communes(25540))
    assert (finding.unit_code, finding.unit_name, finding.difference) == ("11", "Tỉnh Điện Biên", -1)
    assert "cộng 45 đơn vị được 25.540" in finding.message()
    assert told(*communes(25540, left_out=1)) == []


def test_the_own_row_is_compared_and_the_sum_below_it_is_not_told_again() -> None:
    findings = told(observed("11", 2025, (143650, 25540, 18748)), *communes(25540))
    assert len(findings) == 1


def test_a_table_that_says_it_is_illustrative_is_left_alone() -> None:
    reading = read(observed("49", 2023, (442673, 24670, 8402)))
    assert len(list(check_published(context(reading)))) == 1
    said = LayoutRecord("bieu.csv", "", table=0, title=("Năm 2023", "Số liệu minh họa – không phải số liệu thật"))
    assert list(check_published(context(replace(reading, layouts=[said])))) == []


def test_the_samples_are_silent() -> None:
    reading = pipeline.read([str(SAMPLES)])
    assert {"49", "VN"} <= set(reading.observations.unit_code)
    assert list(check_published(context(reading))) == []


def test_files_without_a_province_do_not_open_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*_: object) -> object:
        raise AssertionError("the table of what was published was opened")

    monkeypatch.setattr(published, "publications", opened)
    district = [observed("505", 2023, name="Huyện Đông Giang", parent="49"), observed("20473", 2023, parent="505")]
    assert told(*district) == []
    assert told(*communes(25540, left_out=1)) == []
    with pytest.raises(AssertionError):
        told(observed("49", 2023, QUANG_NAM))


def test_what_is_published_is_of_provinces_as_they_stood() -> None:
    rows = published.publications()
    assert len(rows) > 20
    for row in rows:
        assert 2021 <= row.year <= 2025
        assert row.address.startswith("http")
        assert row.counts or row.rates
        assert row.status in {"final", "preliminary", "reported"}
        assert row in published_of(row.unit_code, row.year, row.poverty_line)
        unit = bundled().get(row.unit_code, boundary_day(row.year))
        assert row.unit_code == "VN" or (unit is not None and unit.name == row.unit_name)
