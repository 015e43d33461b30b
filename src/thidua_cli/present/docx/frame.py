"""What stands around the text of a paper, in Word: two columns without borders above, three below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from thidua_cli.language import Language
from thidua_cli.present.docx.styles import CELL_MARGIN
from thidua_cli.present.docx.tables import plain_table
from thidua_cli.present.docx.words import TWIPS_PER_POINT, paragraph, run, size
from thidua_cli.present.paper import frame as lines_of
from thidua_cli.present.paper.frame import Frame, PaperLine
from thidua_cli.present.toolkit.text_width import text_width

_CENTRED: Final = '<w:jc w:val="center"/>'
_LEFT_SHARE: Final = 0.42
"""Of the text, for the agency; the country and the motto stand on one line each in the rest."""
_SIGNATURE_SHARES: Final = (0.34, 0.28)
"""Of the text, for recipients and preparer."""
_BELOW: Final = '<w:spacing w:before="120"/>'


def head(frame: Frame, language: Language, room: int) -> str:
    """Return agency, country, number, place and day, name and subject, `room` twips wide."""
    left = int(room * _LEFT_SHARE)
    right = room - left
    agency = [*lines_of.agency_lines(frame), lines_of.number_line(frame, language)]
    country = [*lines_of.country_lines(language), lines_of.date_line(frame, language)]
    table = plain_table([(_cell(agency, left), left), (_cell(country, right), right)])
    space = paragraph("", "Line")
    return f"{table}{space}{_centred(lines_of.name_lines(frame), room)}{space}"


def _cell(lines: Sequence[PaperLine], width: int) -> str:
    return _centred(lines, width - 2 * CELL_MARGIN)


def _centred(lines: Sequence[PaperLine], width: int) -> str:
    """Return lines in the middle of `width` twips, the first after a rule a little lower."""
    written = []
    is_below_rule = False
    for line in lines:
        written.append(paragraph(_words(line), "Line", (_BELOW if is_below_rule else "") + _CENTRED))
        if line.rule:
            written.append(_rule(line, width))
        is_below_rule = bool(line.rule)
    return "".join(written)


def _words(line: PaperLine, properties: str = "") -> str:
    style = ("<w:b/>" if line.bold else "") + ("<w:i/>" if line.italic else "")
    return run(line.text, f"{style}{properties}{size(line.points)}")


def _rule(line: PaperLine, width: int) -> str:
    """Return an empty line of least height whose upper border is the rule, as long as the words ask for."""
    longest = max((text_width(part, line.points, bold=line.bold) for part in line.text.splitlines()), default=0)
    length = min(longest * TWIPS_PER_POINT, width) * line.rule
    indent = int((width - length) / 2)
    properties = (
        '<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
        '<w:spacing w:before="20" w:line="40" w:lineRule="exact"/>'
        f'<w:ind w:left="{indent}" w:right="{indent}"/>'
    )
    return paragraph("", "Line", properties)


def signatures(frame: Frame, language: Language, room: int) -> str:
    """Return recipients, preparer and signer side by side, on one page."""
    left, middle = (int(room * share) for share in _SIGNATURE_SHARES)
    right = room - left - middle
    recipients = "".join(paragraph(_words(line), "Line") for line in lines_of.recipients_lines(frame, language))
    cells = [
        (recipients, left),
        (_signer(lines_of.preparer_lines(frame, language)), middle),
        (_signer(lines_of.signer_lines(frame, language)), right),
    ]
    return paragraph("", "Line", "<w:keepNext/>") + plain_table(cells)


def _signer(lines: Iterable[PaperLine]) -> str:
    return "".join(paragraph(_words(line), "Line", _CENTRED) for line in lines)
