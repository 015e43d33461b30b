"""What an official paper has around its text, as lines that every format draws alike.

The layout is that of Nghị định 30/2020/NĐ-CP, Phụ lục I: on the left agency and number, on the right country, motto,
place and day, beneath both the name of the document; after the text the recipients on the left, the signer on the
right. What the office left blank is dotted, to be filled in by hand.
"""

from __future__ import annotations

from typing import Final

from thidua_cli.language import Language, Text
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.office import NO_OFFICE, Office
from thidua_cli.present.paper import measures

_AGENCY_RULE, _MOTTO_RULE = measures.SHORT_RULE
_DOTS: Final = "…" * 14
_NAME_DOTS: Final = "…" * 8
"""Short enough for a third of the text."""
_SHORT_DOTS: Final = "…" * 4
_ROOM: Final = 4
"""Empty lines in which is signed."""


class PaperLine(NamedTuple):
    """One line of the frame; an empty one keeps its height."""

    text: str = ""
    points: float = measures.TEXT_POINTS
    bold: bool = False
    italic: bool = False
    rule: float = 0.0
    """Length of the line beneath, as a share of the words; 0 for none."""


class Frame(NamedTuple):
    """What stands around the text of one paper."""

    name: str
    """Kind of document, in capitals: "BÁO CÁO"."""
    subject: str
    """What it is about."""
    office: Office = NO_OFFICE
    is_landscape: bool = False
    """Whether the sheet lies: for tables of many columns."""


def agency_lines(frame: Frame) -> list[PaperLine]:
    """Return the upper left: the agency above, the issuing agency, number and symbol."""
    office = frame.office
    lines = [PaperLine(office.superior.upper() or _DOTS, measures.AGENCY_POINTS)]
    lines.append(PaperLine(office.agency.upper() or _DOTS, measures.AGENCY_POINTS, bold=True, rule=_AGENCY_RULE))
    return lines


def number_line(frame: Frame, language: Language) -> PaperLine:
    """Return number and symbol, which stand below the agency."""
    number = frame.office.number or f"{_SHORT_DOTS}/{_SHORT_DOTS}"
    return PaperLine(Text("Số: {number}", "No. {number}").fill(number=number).pick(language), measures.NUMBER_POINTS)


def country_lines(language: Language) -> list[PaperLine]:
    """Return the upper right: name of the country and motto."""
    return [
        PaperLine(_COUNTRY.pick(language), measures.COUNTRY_POINTS, bold=True),
        PaperLine(_MOTTO.pick(language), measures.MOTTO_POINTS, bold=True, rule=_MOTTO_RULE),
    ]


_COUNTRY: Final = Text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SOCIALIST REPUBLIC OF VIET NAM")
_MOTTO: Final = Text("Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness")


def date_line(frame: Frame, language: Language) -> PaperLine:
    """Return place and day, which stand below the motto.

    Mục II, khoản 4, điểm b: days below 10 and the months 1 and 2 are written with a 0.
    """
    day, place = frame.office.date, frame.office.place or _SHORT_DOTS
    if day is None:
        text = Text("{place}, ngày …… tháng …… năm ………", "{place}, …… / …… / ………").fill(place=place)
    else:
        month = f"{day.month:02}" if day.month < 3 else str(day.month)
        text = Text("{place}, ngày {day} tháng {month} năm {year}", "{place}, {year}-{number}-{day}").fill(
            place=place, day=f"{day.day:02}", month=month, number=f"{day.month:02}", year=str(day.year)
        )
    return PaperLine(text.pick(language), measures.DATE_POINTS, italic=True)


def name_lines(frame: Frame) -> list[PaperLine]:
    """Return name and subject of the document."""
    lines = [PaperLine(frame.name.upper(), measures.NAME_POINTS, bold=True)]
    return [*lines, PaperLine(frame.subject, measures.NAME_POINTS, bold=True, rule=_AGENCY_RULE)]


def recipients_lines(frame: Frame, language: Language) -> list[PaperLine]:
    """Return the lower left: the recipients, each ended by ";", the last by "." (Mục II, khoản 9, điểm d)."""
    head = PaperLine(_RECIPIENTS.pick(language), measures.RECIPIENTS_HEAD_POINTS, bold=True, italic=True)
    names = frame.office.recipients or (_NAME_DOTS,)
    last = len(names) - 1
    texts = [f"- {name.rstrip(';.')}{'.' if number == last else ';'}" for number, name in enumerate(names)]
    return [head, *(PaperLine(text, measures.RECIPIENTS_POINTS) for text in texts)]


_RECIPIENTS: Final = Text("Nơi nhận:", "To:")


def signer_lines(frame: Frame, language: Language) -> list[PaperLine]:
    """Return the lower right: office of the signer, room to sign, name."""
    titles = _signer_titles(frame, language)
    head = [PaperLine(title.upper(), measures.SIGNER_POINTS, bold=True) for title in titles]
    room = [PaperLine(points=measures.SIGNER_POINTS)] * _ROOM
    return [*head, *room, PaperLine(frame.office.signer or _NAME_DOTS, measures.SIGNER_POINTS, bold=True)]


def _signer_titles(frame: Frame, language: Language) -> list[str]:
    return frame.office.signer_title.splitlines() or [_SIGNER.pick(language)]


def preparer_lines(frame: Frame, language: Language) -> list[PaperLine]:
    """Return what stands in the middle below: who made the table, with room to sign; a custom, not of the decree."""
    head = PaperLine(_PREPARER.pick(language), measures.SIGNER_POINTS, bold=True)
    # Both names stand on one line, however many lines the office of the signer takes.
    room = [PaperLine(points=measures.SIGNER_POINTS)] * (_ROOM + len(_signer_titles(frame, language)) - 1)
    return [head, *room, PaperLine(frame.office.prepared_by or _NAME_DOTS, measures.SIGNER_POINTS, bold=True)]


_SIGNER: Final = Text("THỦ TRƯỞNG CƠ QUAN", "HEAD OF THE AGENCY")
_PREPARER: Final = Text("NGƯỜI LẬP BIỂU", "PREPARED BY")
