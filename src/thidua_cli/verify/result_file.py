"""A file with a result of `eligible` or `targets`: read whole, and refused where a reader of it could not end."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Final

from thidua_cli.errors import InputError
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass
from thidua_cli.side_files import MOST_RESULT_BYTES, side_text
from thidua_cli.verify.cells import cell_count
from thidua_cli.verify.compact import row_count
from thidua_cli.verify.document import read_document
from thidua_cli.verify.said import Document, TargetDocument

_MOST_CELLS: Final = 3_000_000
"""That a small result names: of one province, every cell of all villages of the country in five years."""
_LETTERS_FOR_CELL: Final = 10
"""Of a larger result; one cell takes a hundred and more, where it is no part of a sum."""


_COUNTS_OF_ROW: Final = 3
"""That a measure has at most: its whole, and two parts."""


@dataclass(frozen=True, slots=True)
class SaidResult:
    """A result in a file."""

    name: str
    parsed: Mapping[str, object]
    """Everything that stands in it; numbers with decimals are `Decimal`."""
    document: Document | TargetDocument
    """What the second implementation takes again."""


def load_result(path: Path) -> SaidResult:
    """Return the result in a file.

    Raises:
        InputError: The file cannot be read, is no such document, or lacks what a verdict is taken from.
    """
    try:
        # Decimals, not floats: "exact" is compared digit by digit, and 57.71 is no float.
        text = side_text(path, Text("JSON", "JSON"), MOST_RESULT_BYTES)
        parsed = json.loads(text, parse_float=Decimal, object_pairs_hook=_record)
    except _KeyTwiceError as error:
        twice = Text("{path}: “{key}” ghi hai lần trong một chỗ", "{path}: “{key}” stands twice in one record")
        raise InputError(twice.fill(path=path, key=error)) from error
    except (ValueError, ArithmeticError, RecursionError) as error:  # a number too long, brackets nested too deep
        no_json = Text(
            "{path}: không phải JSON; hãy nêu tệp do “thidua eligible … --format json -o TỆP” ghi",
            "{path}: is not JSON; name a file that “thidua eligible … --format json -o FILE” wrote",
        )
        raise InputError(no_json.fill(path=path)) from error
    _refuse_endless(parsed, str(path), len(text))
    document = read_document(parsed, str(path))
    return SaidResult(str(path), parsed, document)


class _KeyTwiceError(Exception):
    """A key stands twice in one record: of the two values one reader takes the first and another the last."""


def _record(pairs: list[tuple[str, object]]) -> dict[str, object]:
    record: dict[str, object] = {}
    for key, value in pairs:
        if key in record:
            raise _KeyTwiceError(key)
        record[key] = value
    return record


def _refuse_endless(parsed: object, name: str, letters: int) -> None:
    """Refuse a result that names more cells than the units in it can have: all of them would be gone through.

    Raises:
        InputError: It does.
    """
    if sum(_cells_named(parsed)) > _MOST_CELLS + letters // _LETTERS_FOR_CELL:
        text = Text(
            "{path}: nêu nhiều ô hơn số ô mà các đơn vị trong đó có thể có, nên đã bị sửa; hãy lập lại kết quả",
            "{path}: names more cells than its units can have, and so was altered; make the result anew",
        )
        raise InputError(text.fill(path=name))


def _cells_named(value: object) -> Iterator[int]:
    """Yield how many cells are named, for whatever names some in a parsed document."""
    left = [value]
    while left:
        value = left.pop()
        if isinstance(value, dict):
            yield from (cell_count(named) for key in ("range", "cell") if isinstance(named := value.get(key), str))
            if isinstance(rows := value.get("sheet_rows"), str):
                yield _COUNTS_OF_ROW * row_count(rows)
            left += value.values()
        elif isinstance(value, list):
            left += value
