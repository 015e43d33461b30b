"""What a row quotes of its clause, against the clause: numbers as the rule file has them, words letter by letter."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from thidua_cli.language import Text
from thidua_cli.rulebook import schema
from thidua_cli.verify.arithmetic import window
from thidua_cli.verify.difference import Difference, What
from thidua_cli.verify.said import Clause, Quote, Row, TargetRow


def quote_differences(row: Row | TargetRow, quote: Quote, clause: Clause, as_of: int) -> Iterator[Difference]:
    """Yield where a row asks for something else than its clause."""
    if quote.comparison != clause.comparison or quote.threshold != Decimal(clause.threshold):
        asked = f"{quote.comparison} {quote.threshold}", f"{clause.comparison} {clause.threshold}"
        yield _about(row, *asked, _THRESHOLD, clause.id)
    upper = None if clause.upper is None else Decimal(clause.upper)
    quoted: tuple[tuple[object, object, Text], ...] = (
        (quote.upper, upper, _UPPER),
        (quote.unit, clause.unit, _UNIT),
        (quote.poverty_line, clause.poverty_line, _LINE),
    )
    for stated, prescribed, text in quoted:
        if stated != prescribed:
            yield _about(row, _shown(stated), _shown(prescribed), text, clause.id)
    # where nothing was judged yet the row names the year of the rule file
    first = (window(clause, as_of) or (as_of,))[0]
    if quote.baseline_year not in (first, clause.baseline_year):
        yield _about(row, _shown(quote.baseline_year), str(first), _BASELINE, clause.id)


def word_differences(row: Row | TargetRow, quote: Quote, clause: schema.Clause) -> Iterator[Difference]:
    """Yield where the words of a row are in neither language those of the rule file."""
    if quote.citation != str(clause.citation):
        yield _about(row, quote.citation, str(clause.citation), _CITATION, clause.id)
    for stated, prescribed, text in ((quote.reading, clause.reading, _READING), (quote.title, clause.title, _TITLE)):
        if stated not in (prescribed.vi, prescribed.en) and (text is _READING or isinstance(row, TargetRow)):
            yield _about(row, stated, prescribed.vi, text, clause.id)


def _about(row: Row | TargetRow, stated: str, prescribed: str, text: Text, rule: str) -> Difference:
    year = row.year if isinstance(row, TargetRow) else None
    return Difference(What.RULES, stated, prescribed, text, row.unit_code, row.unit_name, rule, year=year)


def _shown(value: object) -> str:
    return "–" if value is None else str(value)


_THRESHOLD: Final = Text("mức yêu cầu ghi ở đơn vị và ở quy định", "the threshold of the unit and of the rules")
_UPPER: Final = Text("mức trên ghi ở đơn vị và ở quy định", "the upper end of the unit and of the rules")
_UNIT: Final = Text("đơn vị tính ghi ở đơn vị và ở quy định", "the unit of measure of the row and of the rules")
_LINE: Final = Text("chuẩn nghèo ghi ở đơn vị và ở quy định", "the poverty line of the unit and of the rules")
_BASELINE: Final = Text("năm gốc ghi ở đơn vị và theo quy định", "the baseline year of the unit and of the rules")
_READING: Final = Text("cách hiểu ghi ở đơn vị và ở quy định", "the reading of the unit and of the rules")
_CITATION: Final = Text("căn cứ ghi ở đơn vị và ở quy định", "the citation of the unit and of the rules")
_TITLE: Final = Text("tên chỉ tiêu ghi ở đơn vị và ở quy định", "the title of the target and of the rules")
