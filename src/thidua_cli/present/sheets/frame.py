"""What stands around the table of a paper, drawn into the cells above and below it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from thidua_cli.language import Language
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.present.paper import frame as paper
from thidua_cli.present.paper.frame import Frame, PaperLine
from thidua_cli.present.sheets.pen import SheetPen, Span, row_height
from thidua_cli.present.toolkit.text_width import lines_of, text_width

LEFT_SHARE: Final = 0.4
"""Of the width, for the agency; the country's name on the right is longer."""
FOOT_SHARES: Final = (0.31, 0.62)
"""Where recipients and preparer end; the office of the signer is longer."""
_RULE: Final = "─"
_RULE_POINTS: Final = 6.0
_ROWS_WITH_THE_SIGNATURE: Final = 2
_GAP: Final = 10.0
"""Between the parts of a frame, in points."""


class PaperBlock(NamedTuple):
    """Lines that stand below each other over some columns."""

    span: Span
    lines: Sequence[PaperLine]
    align: str = "center"


def draw_frame_head(pen: SheetPen, frame: Frame, language: Language) -> None:
    """Write what stands above: agency and country, number and day, name and subject."""
    left, right = _halves(pen)
    agency, country = paper.agency_lines(frame), paper.country_lines(language)
    _side_by_side(pen, [PaperBlock(left, agency), PaperBlock(right, country)])
    number, day = paper.number_line(frame, language), paper.date_line(frame, language)
    _side_by_side(pen, [PaperBlock(left, [number]), PaperBlock(right, [day])])
    pen.skip(_GAP)
    _side_by_side(pen, [PaperBlock(pen.everywhere, paper.name_lines(frame))])
    pen.skip(_GAP)


def draw_frame_foot(pen: SheetPen, frame: Frame, language: Language) -> None:
    """Write what stands below: recipients, who made the table, who signs."""
    left, middle, right = _thirds(pen)
    recipients, preparer = paper.recipients_lines(frame, language), paper.preparer_lines(frame, language)
    signer = paper.signer_lines(frame, language)
    blocks = [PaperBlock(left, recipients, "left"), PaperBlock(right, signer)]
    if middle is not None:
        blocks.insert(1, PaperBlock(middle, preparer))
    # A signature alone on a page could be laid to any paper: the last rows go along.
    pen.keep_together(_height(pen, blocks) + _GAP, rows_before=_ROWS_WITH_THE_SIGNATURE)
    pen.skip(_GAP)
    _side_by_side(pen, blocks)


def _halves(pen: SheetPen) -> tuple[Span, Span]:
    last = len(pen.widths) - 1
    cut = _boundary(pen, LEFT_SHARE, 0, last)
    return (0, cut), (min(cut + 1, last), last)


def _thirds(pen: SheetPen) -> tuple[Span, Span | None, Span]:
    """Return the columns of recipients, preparer and signer; no preparer where there are not three columns."""
    last = len(pen.widths) - 1
    if last < 2:
        left, right = _halves(pen)
        return left, None, right
    first = _boundary(pen, FOOT_SHARES[0], 0, last - 1)
    second = max(_boundary(pen, FOOT_SHARES[1], 0, last), first + 1)
    return (0, first), (first + 1, second), (second + 1, last)


def _boundary(pen: SheetPen, share: float, first: int, last: int) -> int:
    """Return the column that ends nearest to a share of the width, before the last."""
    total, ends = sum(pen.widths), 0.0
    distances = []
    for column in range(max(last, first + 1)):
        ends += pen.widths[column]
        distances.append((abs(ends - share * total), column))
    return min(distances)[1]


def _side_by_side(pen: SheetPen, blocks: Sequence[PaperBlock]) -> None:
    """Write blocks of lines beside each other, each line with its rule beneath."""
    for lines in zip_longest(*(block.lines for block in blocks)):
        height, ruled = 0.0, 0.0
        for block, line in zip(blocks, lines, strict=True):
            if line is not None:
                height = max(height, _write(pen, block, line))
                ruled = max(ruled, line.rule)
        pen.next_row(height)
        if ruled:
            _rules(pen, blocks, lines)


def _write(pen: SheetPen, block: PaperBlock, line: PaperLine) -> float:
    """Write one line of a block and return how high it is."""
    points = pen.written(line.points)
    if _is_dotted(line):
        pen.put(block.span, _dots(line.text, points, pen.room(block.span)), pen.styles.line(points, align=block.align))
    elif line.text in _NEVER_BROKEN:
        style = pen.styles.get(font_size=points, bold=line.bold, align=block.align, valign="top", shrink=True)
        pen.put(block.span, line.text, style)
    elif line.text:
        style = pen.styles.line(points, bold=line.bold, italic=line.italic, align=block.align)
        pen.put(block.span, line.text, style)
    return _line_height(pen, block, line)


_NEVER_BROKEN: Final = frozenset(line.text for language in Language for line in paper.country_lines(language))


def _is_dotted(line: PaperLine) -> bool:
    return bool(line.text) and not line.text.strip("…")


def _dots(text: str, points: float, room: float) -> str:
    """Return as many dots as stand on one line."""
    return text[: max(1, int(room / text_width("…", points)))]


def _line_height(pen: SheetPen, block: PaperBlock, line: PaperLine) -> float:
    points = pen.written(line.points)
    whole = _is_dotted(line) or line.text in _NEVER_BROKEN
    return row_height(1 if whole else lines_of(line.text, points, pen.room(block.span), bold=line.bold), points)


def _rules(pen: SheetPen, blocks: Sequence[PaperBlock], lines: Sequence[PaperLine | None]) -> None:
    """Write the short lines beneath words: of dashes that touch, for a border would be as long as its cell."""
    style = pen.styles.get(font_size=pen.written(_RULE_POINTS), align="center", valign="vcenter")
    dash = text_width(_RULE, pen.written(_RULE_POINTS))
    for block, line in zip(blocks, lines, strict=True):
        if line is not None and line.rule:
            width = min(text_width(line.text, pen.written(line.points), bold=line.bold), pen.room(block.span))
            pen.put(block.span, _RULE * max(1, round(line.rule * width / dash)), style)
    pen.next_row(row_height(1, pen.written(_RULE_POINTS)))


def _height(pen: SheetPen, blocks: Sequence[PaperBlock]) -> float:
    rows = zip_longest(*(block.lines for block in blocks))
    return sum(
        max(_line_height(pen, block, line) for block, line in zip(blocks, lines, strict=True) if line is not None)
        for lines in rows
    )
