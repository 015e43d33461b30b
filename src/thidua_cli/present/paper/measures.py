"""Measures of an official paper, each with the clause it follows: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I.

Millimetres for places on the page, points for letters. Each was held against the words of the appendix on 30 November
2026, in the copy of the Government's file "Phuluc1" in the public repository ericphan28/van-ban-plus (commit 2358a46,
folder docs/van-ban-phap-quy/nghi-dinh/30-2020-ND-CP), and Mục I and II, khoản 1 also in the copy at
https://www.scribd.com/document/652855730/Phuluc1; the two agree. Where the decree leaves room, the smaller size of its
own examples (Mục V) is taken: a report that ends on one page is read.
"""

from __future__ import annotations

from typing import Final

from thidua_cli.named_tuple import NamedTuple

FONT: Final = "Times New Roman"
"""Mục I, khoản 4: Times New Roman, black, of Unicode (TCVN 6909:2001)."""


class Margins(NamedTuple):
    """Distances from the edges of the sheet, in millimetres."""

    top: float
    bottom: float
    left: float
    right: float


PAGE: Final = (210.0, 297.0)
"""Mục I, khoản 1: A4; upright, and lying for tables that are no appendix (khoản 2)."""
MARGINS: Final = Margins(top=20, bottom=20, left=30, right=15)
"""Mục I, khoản 3: 20-25 above and below, 30-35 on the left, 15-20 on the right."""
POINTS_PER_MILLIMETRE: Final = 72 / 25.4


def text_width(*, is_landscape: bool) -> float:
    """Return the width of the text between the margins, in millimetres."""
    return PAGE[1 if is_landscape else 0] - MARGINS.left - MARGINS.right


PAGE_NUMBER_POINTS: Final = 13.0
"""Mục I, khoản 7: Arabic figures, 13-14, upright, centred in the upper margin, not shown on the first page."""
COUNTRY_POINTS: Final = 12.0
"""Mục II, khoản 1, điểm a: name of the country, capitals, 12-13, bold."""
MOTTO_POINTS: Final = 13.0
"""Mục II, khoản 1, điểm b: motto, 13-14, bold, a line of its own length beneath."""
AGENCY_POINTS: Final = 12.0
"""Mục II, khoản 2, điểm b: agencies, capitals, 12-13, the issuing one bold, a line of a third to a half beneath."""
NUMBER_POINTS: Final = 13.0
"""Mục II, khoản 3, điểm c: number and symbol, 13, upright, centred below the issuing agency."""
DATE_POINTS: Final = 13.0
"""Mục II, khoản 4, điểm c: place and day, 13-14, italic, level with the number, centred below the motto."""
NAME_POINTS: Final = 14.0
"""Mục II, khoản 5, điểm b: name, capitals, and subject, 13-14, bold, centred, a line of a third to a half beneath."""
TEXT_POINTS: Final = 13.0
"""Mục II, khoản 6, điểm e: text, 13-14, flush on both sides."""
TEXT_INDENT: Final = 10.0
"""Mục II, khoản 6, điểm e: the first line of a paragraph is moved in by 1 or 1.27 cm."""
PARAGRAPH_SPACE_POINTS: Final = 6.0
"""Mục II, khoản 6, điểm e: at least 6 points between paragraphs."""
LINE_SPACING: Final = 1.0
"""Mục II, khoản 6, điểm e: single to 1.5."""
HEADING_POINTS: Final = 13.0
"""Mục V, số 6: headings, bold, 13-14, as large as the text."""
TABLE_POINTS: Final = 11.0
"""A table may be smaller than the text: no clause sets its size."""
SIGNER_POINTS: Final = 13.0
"""Mục II, khoản 7, điểm đ: office of the signer, capitals, bold, and name, bold, 13-14."""
RECIPIENTS_HEAD_POINTS: Final = 12.0
"""Mục II, khoản 9, điểm d: the word "Nơi nhận:", 12, italic and bold."""
RECIPIENTS_POINTS: Final = 11.0
"""Mục II, khoản 9, điểm d: the recipients, 11, upright."""
SHORT_RULE: Final = (0.4, 1.0)
"""Length of the line beneath an agency and beneath a subject (Mục II, khoản 2 and 5, điểm b: a third to a half), and
beneath the motto (khoản 1, điểm b: all), as a share of the words above."""
