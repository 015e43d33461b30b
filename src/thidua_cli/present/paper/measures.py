"""Measures of an official paper, each with the clause it follows: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I.

Millimetres for places on the page, points for letters.
"""

from __future__ import annotations

from typing import Final, NamedTuple

FONT: Final = "Times New Roman"
"""Mục I, điểm 3: Times New Roman, black, of Unicode (TCVN 6909:2001)."""


class Margins(NamedTuple):
    """Distances from the edges of the sheet, in millimetres."""

    top: float
    bottom: float
    left: float
    right: float


PAGE: Final = (210.0, 297.0)
"""Mục I, điểm 1: A4."""
MARGINS: Final = Margins(top=20, bottom=20, left=30, right=15)
"""Mục I, điểm 4: 20-25 above and below, 30-35 on the left, 15-20 on the right."""
PAGE_NUMBER_POINTS: Final = 13.0
"""Mục I, điểm 7: Arabic figures, 13-14, upright, centred in the upper margin, not shown on the first page."""
COUNTRY_POINTS: Final = 12.0
"""Mục II, điểm 1a: name of the country, capitals, 12-13, bold."""
MOTTO_POINTS: Final = 13.0
"""Mục II, điểm 1b: motto, 13-14, bold, a line of its own length beneath."""
AGENCY_POINTS: Final = 12.0
"""Mục II, điểm 2: agencies, capitals, 12-13, the issuing one bold, a line of a third to a half beneath."""
NUMBER_POINTS: Final = 13.0
"""Mục II, điểm 3: number and symbol, 13, upright."""
DATE_POINTS: Final = 13.0
"""Mục II, điểm 4: place and day, 13-14, italic."""
NAME_POINTS: Final = 14.0
"""Mục II, điểm 5: name of the document, capitals, and its subject, 13-14, bold, a line of a third to a half beneath."""
TEXT_POINTS: Final = 13.0
"""Mục II, điểm 6: text, 13-14."""
TABLE_POINTS: Final = 11.0
"""A table may be smaller than the text: no clause sets its size."""
SIGNER_POINTS: Final = 13.0
"""Mục II, điểm 7: office of the signer, capitals, bold, and name, bold, 13-14."""
RECIPIENTS_HEAD_POINTS: Final = 12.0
"""Mục II, điểm 9: the word "Nơi nhận:", 12, italic and bold."""
RECIPIENTS_POINTS: Final = 11.0
"""Mục II, điểm 9: the recipients, 11, upright."""
SHORT_RULE: Final = (0.4, 1.0)
"""Length of the line beneath an agency and beneath a subject, and beneath the motto, as a share of the words above."""
