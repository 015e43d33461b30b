"""How a program that calculates is told to show numbers: as the texts beside them, rounded and with their marks."""

from __future__ import annotations

from typing import Final

from thidua_cli.language import Language
from thidua_cli.present.toolkit.document import ColumnType

_SHAPES: Final = {ColumnType.COUNT: "#,##0", ColumnType.DECIMAL: "#,##0.00", ColumnType.YEAR: "0"}
_LOCALES: Final = {Language.VI: "[$-42A]", Language.EN: "[$-409]"}
"""Names the language whose marks numbers have, whatever that of the program is."""


def number_format(type_: ColumnType, language: Language) -> str:
    """Return the number format of a column, in the words of OOXML.

    >>> number_format(ColumnType.DECIMAL, Language.VI), number_format(ColumnType.YEAR, Language.VI)
    ('[$-42A]#,##0.00', '0')
    """
    return _SHAPES[type_] if type_ is ColumnType.YEAR else f"{_LOCALES[language]}{_SHAPES[type_]}"
