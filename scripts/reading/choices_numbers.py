"""How numbers are written, all of a table or a single one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Final

from reading.choice import Choice, both, may_refuse, sets
from reading.draft import Draft, Numbers, Shown
from reading.meaning import Look, Value

NOTHING: Final = frozenset[int]()
Written = Callable[[int], Value]
OF_PAGES: Final = frozenset({"formats", "sheets", "numbers", "sheet names"})
"""What a web page has not."""
LOOKS, FORMATS, TYPED = frozenset({"looks"}), frozenset({"looks", "formats"}), frozenset({"numbers"})


def grouped(number: int, mark: str) -> str:
    """Write a number in groups of three digits."""
    return f"{number:,}".replace(",", mark)


ALL_OF_THEM: Final[dict[str, Written]] = {
    "text": str,
    "text with dots": lambda number: grouped(number, "."),
    "text with spaces": lambda number: grouped(number, " "),
    "text with no-break spaces": lambda number: grouped(number, "\u00a0"),
    "text with narrow spaces": lambda number: grouped(number, "\u202f"),
    "text with spaces around": lambda number: f"  {number} ",
    "decimals": float,
    "text with two decimals after a comma": lambda number: f"{grouped(number, '.')},00",
}
READ_OR_TOLD: Final[dict[str, Written]] = {
    "text with an apostrophe": lambda number: f"'{number}",
    "text with commas": lambda number: grouped(number, ","),
    "text with .0": lambda number: f"{number}.0",
    "text with .00": lambda number: f"{number}.00",
    "text with hộ": lambda number: f"{number} hộ",
    "full-width digits": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "a leading zero": lambda number: f"0{number}",
    "text with quotes": lambda number: f'"{number}"',
    "text with apostrophes between": lambda number: grouped(number, "'"),
    "a star behind": lambda number: f"{number}*",
    "a mark in brackets behind": lambda number: f"{number} (1)",
    "a plus before": lambda number: f"+{number}",
    "a zero-width space": lambda number: f"{number}\u200b",
    "ends in a dot": lambda number: f"{number}.",
}
NO_NUMBER: Final[dict[str, Written]] = {
    "63 1": lambda number: f"{number} 1",
    "1 63": lambda number: f"1 {number}",
    "6 3": lambda number: " ".join(str(number)),
    "two lines": lambda number: f"{number}\n33",
    "1.23": lambda number: "1.23",
    "1.2345": lambda number: "1.2345",
    "12.34.567": lambda number: "12.34.567",
    "12,5": lambda number: "12,5",
    "1.234,5": lambda number: "1.234,5",
    "84 70": lambda number: "84 70",
    "12 5 10": lambda number: "12 5 10",
    "1 2345": lambda number: "1 2345",
    "1\u00a02345": lambda number: "1\u00a02345",
    "12.5 text": lambda number: "12.5",
    "12.5": lambda number: 12.5,
    "0.35": lambda number: 0.35,
    "-63": lambda number: -number,
    "(63)": lambda number: f"({number})",
    "63-65": lambda number: f"{number}-{number + 2}",
    "63/429": lambda number: f"{number}/429",
    "63+5": lambda number: f"{number}+5",
    "63%": lambda number: f"{number}%",
    "~63": lambda number: f"~{number}",
    "khoảng 63": lambda number: f"khoảng {number}",
    ">63": lambda number: f">{number}",
    "63;33": lambda number: f"{number};33",
    "63 (giảm 5)": lambda number: f"{number} (giảm 5)",
    "x": lambda number: "x",
    "...": lambda number: "...",
    "1e3": lambda number: "1e3",
    "O63": lambda number: f"O{number}",
    "l2": lambda number: "l2",
    "63 khẩu": lambda number: f"{number} khẩu",
    "63 người": lambda number: f"{number} người",
    "blank": lambda number: None,
    "a space": lambda number: " ",
    "1,23": lambda number: "1,23",
    "1 234.5": lambda number: "1 234.5",
    "6.3": lambda number: 6.3,
    "63 nghìn": lambda number: f"{number} nghìn",
    "63²": lambda number: f"{number}²",
    "63¹ digit": lambda number: f"{number}¹",
    "tab between": lambda number: f"{number}\t1",
    "1.000.00": lambda number: "1.000.00",
    "12.345.6": lambda number: "12.345.6",
    "0x3F": lambda number: "0x3F",
    "1_234": lambda number: "1_234",
}
"""Writings of which no whole number of households can be taken, or not without saying so."""
RAISED_MARKS_MAY_BE_LEFT_OUT: Final = ("63²", "63¹ digit")


def numbers() -> Iterator[Choice]:
    """Yield how all numbers are written."""
    for name, written in ALL_OF_THEM.items():
        needs = TYPED if name == "decimals" else frozenset[str]()
        yield Choice("numbers", name, sets(numbers=_exact(written)), needs=needs)
    for name, written in READ_OR_TOLD.items():
        # "1,413" thousands are 1413
        lacks = frozenset({"measure"}) if name == "text with commas" else frozenset[str]()
        yield Choice("numbers", name, both(sets(numbers=_exact(written)), may_refuse), lacks=lacks)
    for code in ("#,##0", "0", "@", '#,##0" hộ"', "#.##0", "General", "0.00", "#,##0;[Red]-#,##0", "00000"):
        shown = _looking(Look(number_format=code))
        yield Choice("numbers", f"format {code}", sets(numbers=shown), needs=FORMATS)


def _exact(written: Written) -> Numbers:
    return lambda number, random: Shown(written(number), frozenset({number}))


def _looking(look: Look) -> Numbers:
    return lambda number, random: Shown(number, frozenset({number}), look)


def odd_numbers() -> Iterator[Choice]:
    """Yield how the number of a single cell is written."""
    for name, written in (READ_OR_TOLD | {"noise of a formula": lambda number: number - 1e-14}).items():
        needs = TYPED if name == "noise of a formula" else frozenset[str]()
        changes = both(sets(odd_number=_exact(written)), may_refuse)
        yield Choice("one number", name, changes, needs=needs, lacks=frozenset({"measure"} if "comma" in name else ()))
    for name, written in NO_NUMBER.items():
        yield Choice("one number", name, both(sets(odd_number=_nothing(written, name)), may_refuse))
    yield Choice(
        "one number",
        "noise above",
        both(sets(odd_number=_exact(lambda number: number + 1e-14)), may_refuse),
        needs=TYPED,
    )
    yield from _odd_looks()
    yield from _formulas()


def _nothing(written: Written, name: str) -> Numbers:
    def numbers(number: int, random: Random) -> Shown:
        allowed = frozenset({number}) if name in RAISED_MARKS_MAY_BE_LEFT_OUT else NOTHING
        return Shown(written(number), allowed)

    return numbers


def _odd_looks() -> Iterator[Choice]:
    looks: tuple[tuple[str, Look, Written, bool, frozenset[str]], ...] = (
        ("raised mark", Look(raised="1"), str, True, LOOKS),
        ("raised (1)", Look(raised="(1)"), str, True, LOOKS),
        ("crossed out", Look(struck=True), int, False, LOOKS),
        ("crossed out text", Look(struck=True), str, False, LOOKS),
        ("other number crossed out before", Look(struck_before="77"), str, True, LOOKS),
        ("date format", Look(number_format="dd/mm/yyyy"), int, True, FORMATS),
        ("time format", Look(number_format="h:mm"), int, True, FORMATS),
        ("long date format", Look(number_format="[$-42A]dd mmmm yyyy"), int, True, FORMATS),
        ("elapsed time format", Look(number_format="[h]:mm"), int, True, FORMATS),
    )
    for name, look, written, is_number, needs in looks:
        change = both(sets(odd_number=_looks(look, written, is_number)), may_refuse)
        yield Choice("one number", name, change, needs=needs)
        for format_name in ("xlsx (xlsxwriter)", "xls (xlwt)", *(("ods", "html as .xls") if needs == LOOKS else ())):
            named = f"{name}, {format_name}"
            lacks = OF_PAGES if format_name.startswith("html") else frozenset[str]()
            in_format = both(change, sets(format=format_name))
            yield Choice("one number", named, in_format, needs=frozenset({"format"}), lacks=lacks)
    yield from _odd_formats()


def _odd_formats() -> Iterator[Choice]:
    """Yield number formats that say words: what is stored is not what is shown."""
    for code, factors in (
        ('0" nghìn"', {1000}),
        ('0" nghìn hộ"', {1000}),
        ('0"%"', {0}),
        ('0" người"', {0}),
        ('0" khẩu"', {0}),
    ):
        values = frozenset(factors - {0})
        change = both(sets(odd_number=_scaled(Look(number_format=code), values)), may_refuse)
        yield Choice("one number", f"format {code}", change, needs=FORMATS)


def _scaled(look: Look, factors: frozenset[int]) -> Numbers:
    return lambda number, random: Shown(number, frozenset(number * factor for factor in factors), look)


def _looks(look: Look, written: Written, is_number: bool) -> Numbers:
    return lambda number, random: Shown(written(number), frozenset({number}) if is_number else NOTHING, look)


def _formulas() -> Iterator[Choice]:
    for format_name, stored, is_number in (
        ("xlsx (xlsxwriter)", True, True),
        ("xlsx (xlsxwriter)", False, False),
        ("xlsx (openpyxl)", False, False),
        ("xls (xlwt)", False, False),
        ("ods", False, False),
        ("ods", True, True),
    ):
        name = f"formula {'with' if stored else 'without'} its value, {format_name}"
        shown = _formula(stored, is_number)
        yield Choice(
            "one number",
            name,
            both(sets(odd_number=shown, format=format_name), may_refuse),
            needs=frozenset({"format"}),
        )
    for name in ("#REF!", "#N/A", "#DIV/0!"):
        change = both(sets(odd_number=_error(name), format="xlsx (xlsxwriter)"), may_refuse)
        yield Choice("one number", f"error {name}", change, needs=frozenset({"format"}))
    yield Choice(
        "one number", "true", both(sets(odd_number=_nothing(lambda number: True, "")), may_refuse), needs=TYPED
    )
    yield Choice("one number", "dash for 0", both(_zero, sets(odd_number=_dash), may_refuse))
    yield Choice("one number", "zero", both(_zero, sets(odd_number=_exact(int))))


def _formula(stored: bool, is_number: bool) -> Numbers:
    def numbers(number: int, random: Random) -> Shown:
        values = frozenset({number}) if is_number else NOTHING
        return Shown(number if stored else None, values, Look(formula=f"={number - 5}+5"))

    return numbers


def _error(name: str) -> Numbers:
    return lambda number, random: Shown(name, NOTHING, Look(error=True))


def _zero(draft: Draft) -> None:
    draft.rows[draft.odd_row].counts["poor_households"] = 0


def _dash(number: int, random: Random) -> Shown:
    return Shown("-", frozenset({0}))
