"""Paragraphs and runs of a Word document, every text past the gate for foreign text and escaped.

A text becomes nothing but `w:t`: no field, no link and no markup can come of it.
"""

from __future__ import annotations

from typing import Final

from thidua_cli.present.paper import measures
from thidua_cli.present.toolkit.document import Line
from thidua_cli.present.toolkit.foreign_text import visible, visible_lines
from thidua_cli.present.toolkit.xml_text import escaped

TWIPS_PER_POINT: Final = 20
BREAK: Final = "<w:br/>"


def twips(millimetres: float) -> int:
    """Return a length in the twentieths of a point that WordprocessingML counts in.

    >>> twips(210), twips(297)
    (11906, 16838)
    """
    return round(millimetres * measures.POINTS_PER_MILLIMETRE * TWIPS_PER_POINT)


def run(text: str, properties: str = "") -> str:
    """Return text as a run, its line breaks kept; `properties` are those of `w:rPr`."""
    shown = escaped(visible_lines(text)).replace("\n", f'</w:t>{BREAK}<w:t xml:space="preserve">')
    format_ = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{format_}<w:t xml:space="preserve">{shown}</w:t></w:r>'


def line_runs(line: Line) -> str:
    """Return the pieces of a line in their styles, on one line."""
    return "".join(run(visible(piece.text), _STYLES.get(piece.style, "")) for piece in line)


_STYLES: Final = {
    "bold": "<w:b/>",
    "code": '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>',
}
"""A piece of a line that has another style of a terminal is written plainly."""


def paragraph(runs: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph; `style` is the identifier of one of `styles.py`, `properties` what comes after it."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    format_ = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{format_}{runs}</w:p>"


def size(points: float) -> str:
    """Return the properties of a run for letters of a size: WordprocessingML counts half points."""
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
