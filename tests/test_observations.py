"""Columns of the observations by their different values, as checks and measuring at size take them."""

from __future__ import annotations

import pytest

from thidua_cli.model import Level, Status
from thidua_cli.observations import Described, Observation, Observations

DESCRIBED: tuple[Described, ...] = ("unit_code", "unit_name", "level", "parent_code", "poverty_line", "status")


def table(*codes: str) -> Observations:
    return Observations.of(
        Observation(
            "".join(code),  # equal texts that are not one object
            2020 + number,
            f"Xã {code}",
            Level.COMMUNE if number % 2 else Level.VILLAGE,
            "",
            "2022-2025",
            Status.FINAL if number % 3 else Status.PRELIMINARY,
            {"households": number},
        )
        for number, code in enumerate(codes)
    )


@pytest.mark.parametrize("name", DESCRIBED)
@pytest.mark.parametrize("codes", [(), ("00001",), ("00001", "00004", "00001", "00006", "00004")])
def test_a_coded_column_says_what_the_column_holds_and_each_value_once(name: Described, codes: tuple[str, ...]) -> None:
    rows = table(*codes)
    coded = rows.coded(name)
    assert [coded.values[code] for code in coded.codes] == getattr(rows, name)
    assert len(coded.codes) == len(codes)
    assert len(set(coded.values)) == len(coded.values)


def test_a_column_is_coded_once_and_anew_when_it_grew_or_was_replaced() -> None:
    rows = table("00001", "00004")
    first = rows.coded("unit_code")
    assert rows.coded("unit_code") is first
    rows.extend(table("00006"))
    assert list(rows.coded("unit_code").values) == ["00001", "00004", "00006"]
    rows.unit_code = ["00009", "00009", "00009"]
    assert list(rows.coded("unit_code").codes) == [0, 0, 0]
    assert list(rows.coded("unit_code").values) == ["00009"]


def test_codes_that_are_kept_make_no_difference_between_tables() -> None:
    rows, same = table("00001", "00004"), table("00001", "00004")
    assert len(rows.coded("status").codes) == 2
    assert rows == same
