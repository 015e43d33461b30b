"""Of spoilt files, nothing is certain and wrong where the check notices: some hundred spoilings of small sets.

`make doubts` takes thousands, of all sets. A failure names its spoiling: `python -m doubts --again NAME`.
"""

from pathlib import Path

import pytest

from doubts.law import Court
from doubts.sets import MAKERS
from doubts.spoilings import KINDS, draw
from doubts.tally import MOST_NEEDLESS_PERCENT, Tally, told

SMALL = (
    *("district_plain", "district_printed", "province_by_area", "two_tiers"),
    *("csv_district", "csv_province", "csv_small_province", "divided_wards"),
)
OF_EACH = 2


@pytest.mark.parametrize("name", SMALL)
def test_what_is_certain_on_spoilt_files_is_right_wherever_the_check_notices(name: str, tmp_path: Path) -> None:
    court, tally = Court(name, MAKERS[name](), tmp_path), Tally()
    for kind in KINDS:
        for number in range(OF_EACH):
            spoiling = draw(court.places, kind, number)
            if spoiling is not None:
                tally.add(court.outcome(spoiling))
    total = tally.total()
    assert total.noticed > 20
    assert ["\n".join(told(failed)) for failed in tally.failures if failed.wrong] == []
    assert total.needless_percent <= MOST_NEEDLESS_PERCENT


def test_the_small_sets_make_about_three_hundred_spoilings() -> None:
    assert len(SMALL) * OF_EACH * (len(KINDS) - 2) >= 280  # two kinds do not fit every set
