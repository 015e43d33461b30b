"""Columns that name units of several tiers side by side: "Huyện | Xã". The lowest names the unit of the row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from thidua_cli.model import Level
from thidua_cli.normalise.sheet.headings import UPPER_UNIT, Column, fold

TIERS: Final = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE, Level.VILLAGE)
"""From the top down."""
_WORDS: Final = (
    (Level.PROVINCE, re.compile(r"\btinh\b")),
    (Level.DISTRICT, re.compile(r"\b(?:huyen|quan|thi xa|thanh pho)\b")),
    (Level.COMMUNE, re.compile(r"\b(?:xa|phuong|thi tran)\b")),
    (Level.VILLAGE, re.compile(r"\b(?:thon|ban|ap|buon|lang|khu pho|to dan pho|khoi|xom)\b")),
)


def tier_of(heading: str) -> Level | None:
    """Return the tier that a heading of unit names speaks of, None where it is one for all ("Đơn vị").

    >>> tier_of("Huyện/thị xã"), tier_of("Xã, phường, thị trấn"), tier_of("Địa bàn")
    (<Level.DISTRICT: 'district'>, <Level.COMMUNE: 'commune'>, None)
    """
    text = re.sub(r"\bdia ban\b", " ", fold(heading))
    return next((level for level, words in _WORDS if words.search(text)), None)


def with_upper_units(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns with all but the lowest column of unit names marked as units above.

    Where two are of one tier, or one of no tier, nobody can say which names the unit: they stay as they are (H003).
    """
    named = [column for column in columns if column.meaning == "unit_name"]
    tiers = [tier_of(column.path[-1]) for column in named]
    if len(named) < 2 or None in tiers or len(set(tiers)) < len(tiers):
        return tuple(columns)
    by_index = {column.index: tier for column, tier in zip(named, tiers, strict=True) if tier is not None}
    lowest = max(by_index, key=lambda index: TIERS.index(by_index[index]))
    return tuple(
        replace(column, meaning=f"{UPPER_UNIT}{by_index[column.index]}")
        if column.index in by_index and column.index != lowest
        else column
        for column in columns
    )
