"""What every run reads of data/ is what stands in the files that people edit."""

from __future__ import annotations

import re
from datetime import date

from thidua_cli.normalise.forms.register import forms
from thidua_cli.normalise.sheet.heading_table import bundled_headings
from write_prepared import PREPARED, prepared_text


def test_the_prepared_tables_are_those_of_their_sources() -> None:
    assert PREPARED.read_text(encoding="utf-8") == prepared_text(), "data/ was edited: run `make prepared`"


def test_an_entry_of_headings_holds_its_keys_and_what_is_printed() -> None:
    poor = next(entry for entry in bundled_headings().entries if entry.meaning == "poor_households")
    assert "ho ngheo" in poor.leaf | poor.under
    assert any(printed != printed.lower() for printed in poor.printed)
    assert not [name for entry in bundled_headings().entries for name in entry.leaf | entry.under if "@" in name]


def test_a_form_has_the_day_and_the_years_of_its_circular() -> None:
    form = forms()["mau-08"]
    assert (form.issued, form.first_year, form.last_year) == (date(2021, 7, 18), 2021, None)
    assert form.legal_base.endswith("Thông tư 07/2021/TT-BLĐTBXH")
    assert forms()["canonical"].issued is None


def test_every_pattern_of_a_title_compiles() -> None:
    patterns = [pattern for form in forms().values() for pattern in form.known_by_title]
    assert patterns
    assert all(re.compile(pattern.pattern) for pattern in patterns)
