"""Formulas of .xls and .xlsb, which are stored as tokens in reverse Polish order (MS-XLS 2.5.198, MS-XLSB 2.5.97).

They are put back into the words of Excel as far as `read.arithmetic` understands them: references to the same sheet,
numbers, the four operations, sums and rounding.
"""

from __future__ import annotations

import struct
from typing import Final

from thidua_cli.model import column_letters

_OPERATIONS: Final = {0x03: "+", 0x04: "-", 0x05: "*", 0x06: "/"}
_SIGNS: Final = {0x12: "+", 0x13: "-"}
_PERCENT, _BRACKETS, _ATTRIBUTE, _WHOLE, _NUMBER = 0x14, 0x15, 0x19, 0x1E, 0x1F
_FUNCTION, _FUNCTION_OF_MANY, _REFERENCE, _AREA = 0x01, 0x02, 0x04, 0x05
"""The classes 0x20, 0x40 and 0x60 of these tokens differ in what they give, not in what they say."""
_SUM_OF_ONE: Final = 0x10
_HARMLESS_ATTRIBUTES: Final = (0x01, 0x40, 0x41)
"""Calculated anew each time; spaces."""
_FUNCTIONS: Final = {27: ("ROUND", 2)}
_FUNCTIONS_OF_MANY: Final = {4: "SUM", 344: "SUBTOTAL"}


def excel_formula(tokens: bytes, row_format: str = "H") -> str:
    """Return a formula as Excel writes it; empty where it holds more than is understood.

    `row_format` is how a row is stored: "H" in .xls, "I" in .xlsb.
    """
    try:
        return _formula(tokens, row_format)
    except (struct.error, IndexError, ValueError):  # cut short, or tokens that do not fit together
        return ""


def _formula(tokens: bytes, row_format: str) -> str:
    stack: list[str] = []
    place = 0
    while place < len(tokens):
        token, place = tokens[place], place + 1
        if token in _OPERATIONS:
            right, left = stack.pop(), stack.pop()
            stack.append(_joined(left, _OPERATIONS[token], right))
        elif token in _SIGNS:
            stack.append(f"{_SIGNS[token]}{_in_brackets(stack.pop())}")
        elif token in (_PERCENT, _BRACKETS, _ATTRIBUTE):
            place = _take_attribute(stack, tokens, place) if token == _ATTRIBUTE else place
        elif token in (_WHOLE, _NUMBER):
            layout = "<H" if token == _WHOLE else "<d"
            stack.append(repr(abs(struct.unpack_from(layout, tokens, place)[0])))
            place += struct.calcsize(layout)
        else:
            place = _take_operand(stack, tokens, place, row_format)
    (formula,) = stack
    return formula


def _joined(left: str, sign: str, right: str) -> str:
    """Join two sides; what is added up from the left needs no brackets, however many terms there are."""
    return f"{left if sign in '+-' else _in_brackets(left)}{sign}{_in_brackets(right)}"


def _in_brackets(formula: str) -> str:
    return f"({formula})" if any(sign in formula for sign in "+-*/") else formula


def _take_attribute(stack: list[str], tokens: bytes, place: int) -> int:
    if tokens[place] == _SUM_OF_ONE:
        stack.append(f"SUM({stack.pop()})")
    elif tokens[place] not in _HARMLESS_ATTRIBUTES:
        raise ValueError
    return place + 3


def _take_operand(stack: list[str], tokens: bytes, place: int, row_format: str) -> int:
    """Take in a function or what it is about; return where the next token begins."""
    token = tokens[place - 1]
    kind = token & 0x1F
    if not 0x20 <= token < 0x80 or kind not in (_FUNCTION, _FUNCTION_OF_MANY, _REFERENCE, _AREA):
        raise ValueError
    if kind in (_REFERENCE, _AREA):
        corners = 1 if kind == _REFERENCE else 2
        layout = f"<{corners}{row_format}{corners}H"
        numbers = struct.unpack_from(layout, tokens, place)
        stack.append(":".join(map(_cell, numbers[:corners], numbers[corners:])))
        return place + struct.calcsize(layout)
    if kind == _FUNCTION:
        name, count = _FUNCTIONS.get(int.from_bytes(tokens[place : place + 2], "little"), ("", 0))
    else:
        number = int.from_bytes(tokens[place + 1 : place + 3], "little")
        name, count = _FUNCTIONS_OF_MANY.get(number, ""), tokens[place]
    if not name or not 0 < count <= len(stack):
        raise ValueError
    arguments = stack[-count:]
    del stack[-count:]
    stack.append(f"{name}({','.join(arguments)})")
    return place + (2 if kind == _FUNCTION else 3)


def _cell(row: int, column: int) -> str:
    """Name a cell; the two highest bits of its column say what moves with the formula."""
    return f"{column_letters(column & 0x3FFF)}{row + 1}"
