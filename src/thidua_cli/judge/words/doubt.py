"""What is said of figures that findings dispute: which cell, what it may be, which value gives which answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from thidua_cli.doubt.domain import Domain
from thidua_cli.doubt.doubts import Doubt
from thidua_cli.judge.verdict import State
from thidua_cli.language import NO_TEXT, Text
from thidua_cli.lexicon import ANSWER_WORDS, column_text
from thidua_cli.named_tuple import NamedTuple

_SHOWN: Final = 3
"""A sentence names at most so many cells."""


class ValueCase(NamedTuple):
    """One value of a disputed figure, and the answer it gives."""

    domain: Domain | None
    """None for the value as printed."""
    state: State


def depends(deciding: Sequence[Doubt], cases: Sequence[ValueCase]) -> Text:
    """Return why an answer is open: which cell decides, which value gives which answer, what would settle it.

    Args:
        deciding: The doubts on which the answer hangs; the cell of the first is told, with all that is said of it.
        cases: What values of that cell give.
    """
    text = Text(
        "{place} {printed}, có {codes}{cases}{others}. Đối chiếu ô này với quyết định phê duyệt rồi sửa lại biểu.",
        "{place} {printed}, with {codes}{cases}{others}. Compare it with the approving decision and mend the table.",
    )
    first, *others = by_cell(deciding)
    if any(doubt.is_void for doubt in first):
        text, cases = _VOID, ()
    told = text.fill(
        place=place_text(first[0]),
        printed=printed_text(first[0]),
        codes=codes_of(first),
        cases=Text.joined("", [_case(case) for case in cases]),
        others=_OTHERS.fill(count=len(others)) if others else NO_TEXT,
    )
    return told.capitalised()


def despite(doubts: Sequence[Doubt]) -> Text:
    """Return that an answer is the same whatever the disputed figures are: "dù ô E13 có lỗi S002"."""
    return _DESPITE.fill(cells=Text.and_more(map(_with_codes, by_cell(doubts)), _SHOWN, more=_AND_CELLS))


def accepted(doubts: Sequence[Doubt]) -> list[Text]:
    """Return who answers for figures as printed, once per person and reason."""
    texts = [
        _ACCEPTED.fill(
            place=place_text(doubt), code=doubt.finding.kind.code, acceptance=doubt.waived.text
        ).capitalised()
        for doubt in doubts
        if doubt.waived is not None
    ]
    return list(dict.fromkeys(texts))[:_SHOWN]


_VOID: Final = Text(
    "{place} {printed}, không dùng được vì có {codes}{others}. Đối chiếu ô này với quyết định phê duyệt rồi sửa lại"
    " biểu.",
    "{place} {printed}, which cannot be used: {codes}{others}. Compare it with the approving decision and mend the"
    " table.",
)
_PRINTED: Final = Text("ghi {count}", "says {count}")
_EMPTY: Final = Text("không có số dùng được", "holds nothing that can be used")
_OTHERS: Final = Text(" (và {count} ô khác)", " (and {count} more cells)")
_HAS: Final = Text("{place} có lỗi {codes}", "{place} has {codes}")
_AND_CELLS: Final = Text(" và {count} ô khác", " and {count} more cells")
_DESPITE: Final = Text("Kết quả không đổi dù {cells}.", "The answer is the same although {cells}.")
_ACCEPTED: Final = Text("{place}, {code}: {acceptance}.", "{place}, {code}: {acceptance}.")
_PLACE: Final = Text("ô {cell} ({unit}, {column} cuối năm {year})", "cell {cell} ({unit}, {column}, end of {year})")


def by_cell(doubts: Sequence[Doubt]) -> list[list[Doubt]]:
    """Return the doubts of each cell together."""
    grouped: dict[tuple[object, ...], list[Doubt]] = {}
    for doubt in doubts:
        grouped.setdefault((doubt.figure, doubt.column), []).append(doubt)
    return list(grouped.values())


def codes_of(doubts: Sequence[Doubt]) -> str:
    """Return the codes of what is found on figures, each once."""
    return ", ".join(sorted({doubt.finding.kind.code for doubt in doubts}))


def _with_codes(doubts: Sequence[Doubt]) -> Text:
    return _HAS.fill(place=place_text(doubts[0]), codes=codes_of(doubts))


def printed_text(doubt: Doubt) -> Text:
    """Return what a cell holds: "ghi 26"."""
    return _EMPTY if doubt.printed is None else _PRINTED.fill(count=doubt.printed)


def place_text(doubt: Doubt) -> Text:
    """Return the cell of a figure with what it is of: "ô E13 (Xã Sông Kôn, số hộ nghèo cuối năm 2024)"."""
    return _PLACE.fill(
        cell=doubt.figure.cell, unit=doubt.unit_name, column=column_text(doubt.column), year=str(doubt.year)
    )


def _case(case: ValueCase) -> Text:
    answer = ANSWER_WORDS[case.state]
    if case.domain is None:
        return Text("; nếu đúng như đã ghi: {answer}", "; if it is right: {answer}").fill(answer=answer)
    if case.state is State.UNDETERMINED:
        return Text("; nếu là số khác thì chưa kết luận được", "; of another number nothing can be said")
    low, high = case.domain
    if low == high:
        return Text("; nếu là {count}: {answer}", "; if it is {count}: {answer}").fill(count=low, answer=answer)
    if high is None:
        return Text("; nếu là số khác: {answer}", "; if it is another number: {answer}").fill(answer=answer)
    text = Text("; nếu từ {low} đến {high}: {answer}", "; if from {low} to {high}: {answer}")
    return text.fill(low=low, high=high, answer=answer)
