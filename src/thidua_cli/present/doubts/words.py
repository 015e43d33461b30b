"""Disputed figures, for people: which cell, what it holds, what it may be, who answers for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from thidua_cli.doubt.doubts import Doubt
from thidua_cli.judge.words.doubt import by_cell, codes_of, place_text, printed_text
from thidua_cli.language import NO_TEXT, Language, Text
from thidua_cli.lexicon import DOUBT_WORDS, EFFECT_WORDS

DOUBT_MARK: Final = " (?)"
"""Stands behind the name of a unit a figure of which is disputed."""
DOUBT_TONE: Final = "doubt"
DOUBT_HEADING: Final = DOUBT_WORDS["doubts"].capitalised()


def doubt_notes(doubts: Iterable[Doubt], language: Language) -> list[str]:
    """Say once of each disputed cell what it holds, which findings dispute it, and what it may be."""
    cells = by_cell(list(doubts))
    notes = [f"{DOUBT_MARK.strip()} {_of_cell(cell).sentence().pick(language)}" for cell in cells[:_CELLS_TOLD]]
    rest = len(cells) - len(notes)
    return [*notes, _MORE.fill(count=rest).pick(language)] if rest else notes


def doubts_in_words(doubts: Iterable[Doubt], language: Language) -> list[str]:
    """Say of every disputed cell, one sentence each, what it holds, which findings dispute it, and what it may be."""
    return [_of_cell(cell).sentence().pick(language) for cell in by_cell(list(doubts))]


def doubts_of_year(doubts: Sequence[Doubt], year: int) -> list[Doubt]:
    """Return the doubts on figures of a year-end."""
    return [doubt for doubt in doubts if doubt.year == year]


def figures_in_doubt(doubts: Sequence[Doubt]) -> Text:
    """Name disputed cells where room is short: "E13 (2024) ghi 26; có thể là 262 (S002, V006)"."""
    return Text.and_more(map(_briefly, by_cell(doubts)), _CELLS_NAMED, " · ", _AND_CELLS)


def doubt_sentence(doubt: Doubt) -> Text:
    """Say of one doubt which finding raises it, what the figure may be, and what that does to the answer."""
    text = _ONE.fill(
        place=place_text(doubt),
        printed=printed_text(doubt),
        code=doubt.finding.kind.code,
        finding=str(doubt.finding.origin),
        values=_values([doubt]),
        effect=EFFECT_WORDS[doubt.effect],
        accepted=_accepted([doubt]),
    )
    return text.sentence()


def _of_cell(doubts: Sequence[Doubt]) -> Text:
    return _CELL.fill(
        place=place_text(doubts[0]),
        printed=printed_text(doubts[0]),
        codes=codes_of(doubts),
        values=_values(doubts),
        accepted=_accepted(doubts),
    )


def _briefly(doubts: Sequence[Doubt]) -> Text:
    return _SHORT.fill(
        cell=doubts[0].figure.cell,
        year=str(doubts[0].year),
        printed=printed_text(doubts[0]),
        values=_values(doubts),
        codes=codes_of(doubts),
    )


def _values(doubts: Sequence[Doubt]) -> Text:
    """Say what a cell may be instead, as far as any finding tells."""
    listed = sorted({value for doubt in doubts for value in doubt.values or ()} - {doubts[0].printed})
    if listed:
        return _MAY_BE.fill(values=Text.joined(_OR, [Text("{n}", "{n}").fill(n=value) for value in listed]))
    ends = [doubt.ends for doubt in doubts if doubt.ends is not None]
    if ends:
        return _BETWEEN.fill(low=min(low for low, _ in ends), high=max(high for _, high in ends))
    if any(doubt.is_void for doubt in doubts):
        return NO_TEXT if doubts[0].printed is None else _UNUSABLE  # an empty cell is said to be one already
    return _NOT_KNOWN


def _accepted(doubts: Sequence[Doubt]) -> Text:
    texts = [Text.joined("", [_SEMICOLON, doubt.waived.text]) for doubt in doubts if doubt.waived is not None]
    return Text.each_once("", texts)


_CELLS_TOLD: Final = 12
_CELLS_NAMED: Final = 2
_AND_CELLS: Final = Text(" và {count} ô khác", " and {count} more cells")
_SEMICOLON: Final = Text("; ", "; ")
_OR: Final = Text(" hoặc ", " or ")
_CELL: Final = Text(
    "{place} {printed}, có {codes}{values}{accepted}", "{place} {printed}, with {codes}{values}{accepted}"
)
_ONE: Final = Text(
    "nghi ngờ: {place} {printed}, có {code} tại {finding}{values}; {effect}{accepted}",
    "doubt: {place} {printed}, with {code} at {finding}{values}; {effect}{accepted}",
)
_SHORT: Final = Text("{cell} ({year}) {printed}{values} ({codes})", "{cell} ({year}) {printed}{values} ({codes})")
_MAY_BE: Final = Text("; có thể là {values}", "; may be {values}")
_BETWEEN: Final = Text("; có thể từ {low} đến {high}", "; may be from {low} to {high}")
_UNUSABLE: Final = Text("; không dùng được", "; cannot be used")
_NOT_KNOWN: Final = Text("; chưa rõ số đúng", "; the true figure is not known")
_MORE: Final = Text(
    "(?) … còn {count} ô nữa; xem đủ bằng --format json hoặc “thidua check”.",
    "(?) … {count} more cells; --format json or “thidua check” shows them all.",
)
