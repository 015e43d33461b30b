"""Who issues a paper and when, as a command is told."""

from __future__ import annotations

from datetime import date

import pytest

from thidua_cli.cli.options import issue_day
from thidua_cli.cli.run import PaperRun, Run
from thidua_cli.errors import UsageError
from thidua_cli.office import NO_OFFICE


def test_without_a_word_every_part_of_the_office_is_blank() -> None:
    assert Run().office == PaperRun().office == NO_OFFICE


@pytest.mark.parametrize("written", ["05/06/2025", "5/6/2025", "2025-06-05"])
def test_the_day_of_issue_is_written_as_people_do_or_as_programs_do(written: str) -> None:
    assert PaperRun(issue_date=issue_day(written)).office == NO_OFFICE._replace(date=date(2025, 6, 5))


@pytest.mark.parametrize("written", ["31/02/2025", "2025", "", "hôm nay", "01/01/0001", "9" * 40 + "-01-01"])
def test_what_is_no_day_of_issue_is_refused(written: str) -> None:
    with pytest.raises(UsageError, match="--date"):
        issue_day(written)
