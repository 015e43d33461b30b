"""Colours of a table: of words that formulas give they follow the words, and a line below says what they mean."""

from __future__ import annotations

from collections.abc import Iterator

from thidua_cli.language import Language, Text
from thidua_cli.present.doubts.words import DOUBT_TONE
from thidua_cli.present.sheets.styles import TONE_WORDS, SheetStyles
from thidua_cli.present.sheets.table import PlacedTable, has_formula
from thidua_cli.present.toolkit.document import Table, Value

_LONGEST_WORD = 40
_MOST_WORDS = 3


def colour_by_word(placed: PlacedTable, styles: SheetStyles) -> None:
    """Lay conditional formats over the words that formulas give: the colour changes with the answer."""
    table = placed.table
    for position in table.formulas:
        words = _words_of(table, position)
        for part in placed.parts if words else ():
            column = placed.spans[position][0]
            for first, last in _runs(table, position, part.rows):
                rows = part.first_row + first - part.rows.start, part.first_row + last - part.rows.start
                for word, tone in words.items():
                    rule = {
                        "type": "text",
                        "criteria": "begins with",
                        "value": word,
                        "format": styles.conditional(tone),
                    }
                    part.sheet.conditional_format(rows[0], column, rows[1], column, rule)


def _words_of(table: Table, position: int) -> dict[str, str]:
    """Return the words of a column and their colours: those of the table, and what its own formulas give now."""
    if not any(
        _is_word(row[position]) and has_formula(table, number, position) for number, row in enumerate(table.rows)
    ):
        return {}
    given = {
        str(row[position]): table.tones[number, position]
        for number, row in enumerate(table.rows)
        if (number, position) in table.tones and _is_word(row[position]) and has_formula(table, number, position)
    }
    return {**table.marks, **given} if given else {}


def _is_word(value: Value) -> bool:
    """Say whether a cell holds a word: what a formula gives where there is no figure is none."""
    return isinstance(value, str) and bool(value)


def _runs(table: Table, position: int, rows: range) -> Iterator[tuple[int, int]]:
    """Yield first and last row of each run of formulas."""
    first: int | None = None
    for index in rows:
        if has_formula(table, index, position):
            first = index if first is None else first
        elif first is not None:
            yield first, index - 1
            first = None
    if first is not None:
        yield first, rows.stop - 1


def legend(table: Table, language: Language) -> str:
    """Say what the colours of a table mean, and by what they are known where there are no colours."""
    words: dict[str, dict[str, None]] = {}
    for (row, position), tone in table.tones.items():
        value = table.rows[row][position]
        word = value if isinstance(value, str) and tone != DOUBT_TONE else _IN_DOUBT.pick(language)
        if word and len(word) <= _LONGEST_WORD:
            words.setdefault(tone, {})[word] = None
    if not words:
        return ""
    told = (
        f"{TONE_WORDS[tone].pick(language)}: {', '.join(list(words[tone])[:_MOST_WORDS])}"
        for tone in TONE_WORDS
        if tone in words
    )
    return Text("Chú giải: {told}.", "Key: {told}.").fill(told="; ".join(told)).pick(language)


_IN_DOUBT = Text("số liệu còn nghi vấn", "figure in doubt")
