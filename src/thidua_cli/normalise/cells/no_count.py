"""Why a cell that should hold a count holds none, in words that say what may be meant and how to write it."""

from __future__ import annotations

from datetime import date, time
from typing import Final

from thidua_cli.language import NO_TEXT, Language, Text, format_count
from thidua_cli.late_pattern import late_pattern
from thidua_cli.normalise.sheet.numbers import UNSEEN, hours_in, numbers_behind, trimmed
from thidua_cli.read.grid import Cell

_SEVERAL: Final = late_pattern(r"[0-9][0-9.,]*(?:\s+[0-9][0-9.,]*)+")
_FIRST_TYPED_YEAR: Final = 1930
"""Excel completes a date that is typed with two digits to a year from 1930 on, and one without a year to this one's."""
_PARTED: Final = Text(
    "; các chữ số cách nhau không thành nhóm ba chữ số nên không được ghép: mỗi ô chỉ ghi một số, viết liền",
    "; digits apart that are no groups of three are not joined: write one number in a cell, without spaces",
)
_UNSEEN: Final = Text(
    "; giữa các chữ số có ký tự không nhìn thấy: hãy gõ lại số", "; an unseen character stands within: type it anew"
)
_FORMULA: Final = Text(
    "; đây là công thức chưa được tính: hãy ghi kết quả của nó", "; a formula that nobody calculated: write its result"
)
_DATED: Final = Text(
    "; ô định dạng ngày, giờ, số bên dưới là {numbers}{typed}: hãy đặt định dạng Number rồi ghi lại số",
    "; the cell is formatted as a date or time, over the number {numbers}{typed}: "
    "format it as Number and write the number again",
)
_DATED_FRACTION: Final = Text(
    "; ô định dạng ngày, giờ trên một số lẻ: hãy đặt định dạng Number rồi ghi lại số",
    "; the cell is formatted as a date or time, over a fraction: format it as Number and write the number again",
)
_DAY_IN_TEXT: Final = late_pattern(r"[0-9]{1,4}[/-][0-9]{1,2}[/-][0-9]{2,4}(?: [0-9:]+)?")
_WRITTEN_AS_DAY: Final = Text(
    "; ô ghi ngày thay cho số: trong tệp gốc hãy đặt định dạng Number cho cột rồi xuất lại",
    "; a day stands for the number: format the column as Number in the original, and export it again",
)
_TYPED: Final = Text(
    ", hoặc “{words}” gõ vào bị Excel đổi thành ngày", ", or “{words}” was typed and Excel made it a date"
)
_NOUGHT: Final = Text("0 hoặc số âm", "0 or below")


def why_no_count(cell: Cell) -> Text:
    """Return what follows "is not a whole number": what may stand behind it, and how to mend it; mostly nothing."""
    if isinstance(cell, str):
        return _of_text(trimmed(cell))
    if isinstance(cell, (date, time)):
        return _of_date(cell)
    return _of_fraction(cell) if isinstance(cell, float) else NO_TEXT


def _of_text(text: str) -> Text:
    if _SEVERAL.fullmatch(text):
        return _PARTED
    if hours_in(text) is not None:
        return _DATED_FRACTION
    if _DAY_IN_TEXT.fullmatch(text):
        return _WRITTEN_AS_DAY
    if any(character in UNSEEN for character in text):
        return _UNSEEN
    return _FORMULA if text.startswith("=") else NO_TEXT


def _of_date(cell: date | time) -> Text:
    numbers = numbers_behind(cell)
    if not numbers:
        return _DATED_FRACTION
    if numbers == (0,):
        return _DATED.fill(numbers=_NOUGHT, typed=NO_TEXT)
    named = Text(
        " hoặc ".join(format_count(number) for number in numbers),
        " or ".join(format_count(number, Language.EN) for number in numbers),
    )
    typed = NO_TEXT
    if isinstance(cell, date) and cell.year >= _FIRST_TYPED_YEAR:
        typed = _TYPED.fill(words=f"{cell.day}/{cell.month}")
    return _DATED.fill(numbers=named, typed=typed)


def _of_fraction(cell: float) -> Text:
    """Excel with English settings turns "1.234" into the number 1.234: the thousand is then worth asking for."""
    if 0 < cell < 1000 and abs(cell * 1000 - round(cell * 1000)) < 1e-6:
        vi, en = format_count(round(cell * 1000)), f"{round(cell * 1000):,}"
        return Text(f"; có phải là {vi} (dấu chấm bị hiểu là dấu thập phân)?", f"; is it {en}, its dot misread?")
    return NO_TEXT
