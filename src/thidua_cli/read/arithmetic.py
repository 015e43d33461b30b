"""What a simple formula comes to: sums, the four operations and rounding over cells of its workbook, and nothing else.

It is there for one question, whether a stored 0 can be the formula's result (`read.stored_zeros`); what is not
understood is said to be so, and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from math import floor
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.read.grid import column_index

_TOKEN: Final = late_pattern(
    r"""\s*(?:
        (?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?)(?![\w.:(])
      | (?:(?P<sheet>'(?:[^'\[\]]|'')+'|[^\W\d][\w.]*)!)?
        (?P<first>\$?[A-Z]{1,3}\$?[0-9]{1,7})(?::(?P<last>\$?[A-Z]{1,3}\$?[0-9]{1,7}))?(?![\w.(!:])
      | (?P<function>[A-Z]+)\(
      | (?P<sign>[-+*/(),%])
    )""",
    re.VERBOSE,
)
_PLACE: Final = late_pattern(r"(\$?)([A-Z]{1,3})(\$?)([0-9]{1,7})\Z")
_LONGEST: Final = 2_000
_DEEPEST: Final = 8
"""Brackets and functions within each other."""
_NOISE: Final = 1e-9
"""Share of the largest number of a formula below which its result is taken for the 0 that Excel makes of it."""
_SUBTOTALS: Final = (9.0, 109.0)


class NotUnderstoodError(Exception):
    """A formula holds more than is understood here, or reaches further than is looked."""


class CellArea(NamedTuple):
    """Cells that a formula names, 0-based and inclusive; `sheet` is empty for its own."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


Numbers = Callable[[CellArea, bool], Iterator[float]]
"""The numbers of an area. A lone cell (True) must be one or blank; of a range only what is a number counts."""


def result(formula: str, shift: tuple[int, int], numbers: Numbers) -> float:
    """Return what a formula comes to. Its references without "$" move by `shift` (rows, columns).

    Raises:
        NotUnderstoodError: It cannot be told.

    >>> result("SUM(A1:A2)-B1", (0, 0), lambda area, alone: iter([2.0]) if alone else iter([1.0, 3.0]))
    2.0
    """
    reading = _Formula(formula, shift, numbers)
    value = reading.terms()
    reading.expect("")
    return 0.0 if abs(value) <= _NOISE * reading.largest else value


class _Formula:
    """Reads one formula from left to right."""

    def __init__(self, formula: str, shift: tuple[int, int], numbers: Numbers) -> None:
        if len(formula) > _LONGEST:
            raise NotUnderstoodError
        self._tokens = _tokens(formula)
        self._shift = shift
        self._numbers = numbers
        self._depth = 0
        self.largest = 0.0
        self._next: re.Match[str] | None = None
        self._advance()

    def _advance(self) -> None:
        self._next = next(self._tokens, None)

    def _sign(self) -> str:
        return (self._next["sign"] or "") if self._next is not None else ""

    def expect(self, sign: str) -> None:
        """Take a sign; "" is the end."""
        if self._next is None or not sign:
            if self._next is not None or sign:
                raise NotUnderstoodError
            return
        if self._next["sign"] != sign:
            raise NotUnderstoodError
        self._advance()

    def terms(self) -> float:
        """Take terms that are added up or taken away."""
        value = self._product()
        while (sign := self._sign()) in ("+", "-"):
            self._advance()
            term = self._product()
            value = value + term if sign == "+" else value - term
        return value

    def _product(self) -> float:
        value = self._factor()
        while (sign := self._sign()) in ("*", "/"):
            self._advance()
            factor = self._factor()
            if sign == "/" and not factor:
                raise NotUnderstoodError
            value = value * factor if sign == "*" else value / factor
        return value

    def _factor(self) -> float:
        token, self._depth = self._next, self._depth + 1
        if token is None or self._depth > _DEEPEST:
            raise NotUnderstoodError
        self._advance()
        value = self._value(token)
        while self._sign() == "%":
            self._advance()
            value /= 100
        self._depth -= 1
        self.largest = max(self.largest, abs(value))
        return value

    def _value(self, token: re.Match[str]) -> float:
        if token["number"]:
            return float(token["number"])
        if token["first"]:
            if token["last"]:
                raise NotUnderstoodError
            return sum(self._numbers(self._area(token), True))
        if token["function"]:
            return self._function(token["function"])
        if token["sign"] == "(":
            value = self.terms()
            self.expect(")")
            return value
        if token["sign"] in ("+", "-"):
            return self._factor() * (-1 if token["sign"] == "-" else 1)
        raise NotUnderstoodError

    def _function(self, name: str) -> float:
        arguments = list(self._arguments())
        self.expect(")")
        if name == "SUBTOTAL" and arguments and tuple(arguments[0])[:1] in {(code,) for code in _SUBTOTALS}:
            name, arguments = "SUM", arguments[1:]
        if name == "SUM":
            return sum(map(sum, arguments))
        if name == "ROUND" and len(arguments) == 2:
            value, places = map(sum, arguments)
            scale = 10.0 ** max(-12, min(12, int(places)))
            return floor(abs(value) * scale + 0.5) / scale * (-1 if value < 0 else 1)
        raise NotUnderstoodError

    def _arguments(self) -> Iterator[list[float]]:
        while True:
            token = self._next
            if token is not None and token["last"]:
                self._advance()
                area = list(self._numbers(self._area(token), False))
                self.largest = max([self.largest, *map(abs, area)])
                yield area
            else:
                yield [self.terms()]
            if self._sign() != ",":
                return
            self._advance()

    def _area(self, token: re.Match[str]) -> CellArea:
        sheet = token["sheet"] or ""
        if sheet.startswith("'"):
            sheet = sheet[1:-1].replace("''", "'")
        rows, columns = zip(*(self._place(token[end] or token["first"]) for end in ("first", "last")), strict=True)
        return CellArea(sheet, min(rows), min(columns), max(rows), max(columns))

    def _place(self, reference: str) -> tuple[int, int]:
        match = _PLACE.match(reference)
        if match is None:
            raise NotUnderstoodError
        fixed_column, letters, fixed_row, number = match.groups()
        row = int(number) - 1 + (0 if fixed_row else self._shift[0])
        column = column_index(letters) + (0 if fixed_column else self._shift[1])
        if row < 0 or column < 0:
            raise NotUnderstoodError
        return row, column


def _tokens(formula: str) -> Iterator[re.Match[str]]:
    place, end = 0, len(formula.rstrip())
    while place < end:
        token = _TOKEN.match(formula, place)
        if token is None:
            raise NotUnderstoodError
        place = token.end()
        yield token
