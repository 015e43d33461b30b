"""How the pages about classes say a class, a day, and whether a unit is in it."""

from __future__ import annotations

from datetime import date
from typing import Final

from thidua_cli.language import Language, Text
from thidua_cli.lexicon import CLASS_WORDS
from thidua_cli.present.toolkit.figures import MISSING_MARK
from thidua_cli.rulebook.classes import Member
from thidua_cli.units.tables import TABLES_START, UnitTables

MEMBER_WORDS: Final = {
    Member.YES: Text("có", "yes"),
    Member.NO: Text("không", "no"),
    Member.UNKNOWN: Text("chưa biết", "not known"),
}
STATE_WORDS: Final = {
    "complete": Text("đủ", "whole"),
    "partial": Text("một phần", "a part"),
    "none": Text("không có đơn vị nào", "no unit"),
}


def written_words(written: str) -> Text:
    """Return the words for a class as rows and results write it: "not_poor_district" is "không phải huyện nghèo"."""
    token = written.removeprefix("not_")
    word = CLASS_WORDS[token].short
    return word if token == written else Text("không phải {word}", "not: {word}").fill(word=word)


def day_or_open(day: date | None, language: Language) -> str:
    """Return a day for people; a dash where it is left open."""
    if day is None:
        return MISSING_MARK
    return day.isoformat() if language is Language.EN else f"{day:%d/%m/%Y}"


def day_field(day: date | None) -> str | None:
    """Return a day for programs."""
    return None if day is None else day.isoformat()


def unit_label(code: str, day: date | None, tables: UnitTables) -> str:
    """Return the name of a unit on a day, or as it was last; its code where no list has it."""
    periods = tables.periods(code)
    if not periods:
        return code
    if day is None:
        return periods[-1].name
    # lists are older than the tables of units: QĐ 861/QĐ-TTg was signed a month before they begin
    day = max(day, TABLES_START)
    return next((period for period in periods if period.stands_on(day)), periods[-1]).name
