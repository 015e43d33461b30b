"""Family V, after reading: numbers that are right in themselves and do not fit each other."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from thidua_cli.check.context import CheckContext
from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import Language, Text, format_decimal
from thidua_cli.lexicon import column_text
from thidua_cli.model import Measure
from thidua_cli.normalise.sheet.numbers import format_rate, rate_agrees

V006: Final = Kind(
    code="V006",
    name="printed-rate-differs",
    severity=Severity.WARNING,
    standing=Standing.DISPUTED,
    title=Text("Tỷ lệ ghi trong biểu không khớp", "Printed rate differs"),
    message=Text(
        "{unit}, {column_text}: biểu ghi {value}, tính từ số hộ được {rate}% ({part}/{whole})",
        "{unit}, {column_text}: printed {value}, the counts give {rate}% ({part}/{whole})",
    ),
    what=Text(
        "Tỷ lệ trong biểu không thể do làm tròn từ số hộ ở cùng dòng mà ra.",
        "The printed rate cannot come from the counts in the same row by rounding.",
    ),
    why=Text(
        "Chương trình luôn tính lại tỷ lệ từ số hộ; tỷ lệ lệch cho thấy số hộ hoặc công thức có thể sai.",
        "Rates are always computed anew from the counts; one that differs hints at a wrong count or formula.",
    ),
    example=Text(
        "Biểu ghi 6,73%, trong khi 29.146 hộ nghèo trên 439.300 hộ là 6,63%.",
        "The table says 6.73%, while 29,146 poor of 439,300 households are 6.63%.",
    ),
    mend=Text(
        "Kiểm tra số hộ với quyết định phê duyệt, rồi sửa số hoặc công thức tính tỷ lệ.",
        "Compare the counts with the approving decision, then mend the count or the formula of the rate.",
    ),
)


def check_printed_rates(context: CheckContext) -> Iterator[Finding]:
    """Yield V006 for every printed rate that no rounding of the counts gives."""
    for printed in context.reading.rates:
        # the multidimensional rate is often the sum of two printed ones, each rounded before
        roundings = 2 if printed.measure is Measure.MULTIDIMENSIONAL else 1
        if rate_agrees(printed.rate, printed.part, printed.whole, roundings):
            continue
        exact = Fraction(printed.part * 100, printed.whole) if printed.whole else Fraction(0)
        yield Finding(
            V006,
            printed.origin,
            printed.unit_code,
            printed.unit_name,
            printed.year,
            f"rate:{printed.measure}",
            value=printed.printed,
            expected=format_decimal(exact),
            details={
                "column_text": column_text(f"rate:{printed.measure}"),
                "value": Text(format_rate(printed.rate, Language.VI), format_rate(printed.rate, Language.EN)),
                "rate": Text(format_decimal(exact), format_decimal(exact, Language.EN)),
                "part": printed.part,
                "whole": printed.whole,
            },
        )
