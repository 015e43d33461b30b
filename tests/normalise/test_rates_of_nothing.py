"""#DIV/0! in a row without households is what a form's own formula gives there; anywhere else it is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from forms import mau_08
from forms.model import Area, FormOptions, FormRow, Formula
from thidua_cli import pipeline

COMMUNE = FormOptions(year=2025, agency="UBND XÃ NẬM KÈ", note="Tỉnh Điện Biên")


def findings(folder: Path, *rows: FormRow) -> list[str]:
    path = folder / "xa.xlsx"
    mau_08.write(path, rows, COMMUNE)
    return [finding.kind.code for finding in pipeline.check(pipeline.read([str(path)]))]


def village(name: str, households: int = 100) -> FormRow:
    return FormRow(name, households, 4 * households, households // 10, 40, households // 20, 20)


def test_a_commune_without_urban_villages_has_a_rate_of_nothing_and_no_finding(tmp_path: Path) -> None:
    assert findings(tmp_path, village("Bản Nậm Kè"), village("Bản Huổi Hốc")) == []


def test_a_village_without_households_has_none_either(tmp_path: Path) -> None:
    assert findings(tmp_path, village("Bản Nậm Kè"), village("Bản Mới", 0), village("Bản Huổi Hốc")) == []


@pytest.mark.parametrize("error", ["#DIV/0!", "#REF!"])
def test_an_error_for_the_rate_of_a_village_with_households_is_a_note(tmp_path: Path, error: str) -> None:

    spoilt = replace(village("Bản Nậm Kè"), poor_rate=Formula("=E10/Z10", error))
    urban = replace(village("Tổ dân phố 1"), area=Area.URBAN)
    assert findings(tmp_path, spoilt, urban) == ["F005"]
