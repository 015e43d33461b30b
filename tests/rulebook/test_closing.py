"""That a movement was summed up: said of later year-ends, taken over by plans of its time, and of no other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from thidua_cli.language import Language
from thidua_cli.rulebook.compare import book_differences
from thidua_cli.rulebook.draft import draft_copy
from thidua_cli.rulebook.load import bundled_ids, example_ids, load_rulebook
from thidua_cli.rulebook.schema import Closing, Rulebook

SHIPPED = (*bundled_ids(), *example_ids())


def _closing(book: Rulebook) -> Closing:
    assert book.closing is not None
    return book.closing


def test_the_movement_of_666_was_summed_up_on_22_06_2025_by_notice_339() -> None:
    closing = _closing(load_rulebook("qd-666-ttg"))

    assert closing.day == date(2025, 6, 22)
    assert (closing.citation.document, closing.citation.date) == ("339/TB-VPCP", date(2025, 7, 1))
    assert closing.citation.address.startswith("http")
    assert closing.sentence.vi.startswith("Đã tổng kết ngày 22/06/2025 (339/TB-VPCP, 01/07/2025): ")
    assert "not found" not in closing.sentence.en
    assert "no successor with criteria was found" in closing.sentence.en


@pytest.mark.parametrize(("year", "is_said"), [(2022, False), (2024, False), (2025, True), (2026, True)])
def test_it_is_said_of_the_year_ends_after_it_alone(year: int, is_said: bool) -> None:
    assert (load_rulebook("qd-666-ttg").closed_at(year) is not None) is is_said


def test_no_source_says_so_of_the_plans_of_provinces_which_end_with_their_own_days() -> None:
    assert [known for known in SHIPPED if load_rulebook(known).closing] == ["qd-666-ttg"]


def _extension(folder: Path, day: str) -> Rulebook:
    path = folder / "ke-hoach.toml"
    path.write_text(
        f"""id = "ke-hoach"
version = "1"
title.vi = "Kế hoạch"
title.en = "Plan"
extends = "qd-666-ttg"
within = ["45"]

[citation]
document = "1/KH-UBND"
clause = "toàn văn"
date = {day}
""",
        encoding="utf-8",
    )
    return load_rulebook(str(path))


@pytest.mark.parametrize(("day", "is_closed"), [("2022-11-25", True), ("2025-06-22", True), ("2025-06-23", False)])
def test_a_plan_that_builds_on_the_movement_is_closed_with_it_unless_it_was_signed_later(
    day: str,
    is_closed: bool,
    tmp_path: Path,
) -> None:
    base, plan = load_rulebook("qd-666-ttg"), _extension(tmp_path, day)

    assert plan.closing == (base.closing if is_closed else None)
    assert ("closing" in book_differences(base, plan)) is not is_closed
    assert plan.related == ()  # they are said where the extended file is shown


def test_a_copy_to_be_made_into_another_plan_says_neither() -> None:
    copy = draft_copy("qd-666-ttg", None, Language.VI)

    assert "[closed]" not in copy
    assert "339/TB-VPCP" not in copy
    assert "2357/HD-BTĐKT" not in copy
    assert copy.count("[readings.points-each-year]") == 1


def test_the_guidance_on_awards_is_named_with_its_address_and_that_it_was_not_read() -> None:
    (guidance,) = load_rulebook("qd-666-ttg").related

    assert str(guidance) == "2357/HD-BTĐKT (31/08/2022)"
    assert guidance.address.startswith("https://thuvienphapluat.vn/")
    assert "not read" in guidance.text.en
