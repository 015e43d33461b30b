"""Comments of a sheet: their texts in one part, the boxes they appear in (VML) in another. Both may exist already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.present.annotate.package import DECLARATION, SPREADSHEET
from thidua_cli.present.annotate.sheet import Spot
from thidua_cli.present.annotate.xml_edit import Element, NotExtendableError, XmlPart, escaped
from thidua_cli.present.toolkit.foreign_text import visible_lines

AUTHOR: Final = "thidua"
COMMENTS_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
DRAWING_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_VML: Final = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_SHAPE_ID: Final = late_pattern(rb"_x0000_s([0-9]+)")
_ID_BLOCK: Final = late_pattern(rb"""<\w+:idmap\b[^>]*?\bdata\s*=\s*["']([0-9,]+)["']""")
_IDS_PER_BLOCK: Final = 1024
_WIDTH: Final = 340
_CHARACTERS_PER_LINE: Final = 52
_LINE_HEIGHT: Final = 15
_ROW_HEIGHT: Final = 20
_GAP: Final = 12
_LAST_COLUMN: Final = 16_383


def with_comments(source: bytes | None, texts: Mapping[Spot, str]) -> tuple[bytes, list[Spot]]:
    """Return the part of comments with those of `texts`, and the cells that had none and need a box.

    A comment that stands on a cell already stays, and the new text comes after it. Only a thread of Excel 365 is left
    as it is, because Excel shows the thread's own part instead.
    """
    part = XmlPart(source or _no_comments())
    authors, comments = part.root.child("authors"), part.root.child("commentList")
    if authors is None or comments is None:
        raise NotExtendableError("the comments have no authors or no list")
    p = part.prefix
    names = [_text(part, author) for author in authors.children]
    part.append(authors, f"<{p}author>{AUTHOR}</{p}author>")
    present = {comment.attributes.get("ref", ""): comment for comment in comments.children}
    without: list[Spot] = []
    for place, text in texts.items():
        old = present.get(place.name)
        if old is None:
            without.append(place)
            body = f"<{p}text>{_run(p, text)}</{p}text>"
            part.append(comments, f'<{p}comment ref="{place.name}" authorId="{len(names)}">{body}</{p}comment>')
        elif not _author(old, names).startswith("tc="):
            _extend(part, old, _run(p, f"\n\n{text}"))
    return part.result(), without


def with_boxes(
    source: bytes | None, texts: Mapping[Spot, str], width_pixels: Callable[[int], int], others: Iterable[bytes]
) -> bytes:
    """Return the drawing of a sheet with one hidden box per cell.

    Args:
        source: The drawing the sheet has; None for a new one.
        texts: Cell → text of its comment, which decides on the height.
        width_pixels: Column → its width, to make every box wide enough to read.
        others: All drawings of the workbook: numbers of boxes are not used twice.
    """
    first, head = _numbering(source, texts, others)
    body = head if source is None else source
    declared = {key for key, uri in _VML.items() if f'xmlns:{key}="{uri}"'.encode() in body[:2000]}
    missing = "".join(f' xmlns:{key}="{uri}"' for key, uri in _VML.items() if key not in declared)
    shapes = "".join(
        _shape(number, place, _anchor(place, text, width_pixels), missing)
        for number, (place, text) in enumerate(texts.items(), start=first)
    )
    if b'id="_x0000_t202"' not in body:
        shapes = _shape_type(missing) + shapes
    end = body.rfind(b"</xml>")
    if end < 0:
        raise NotExtendableError("the drawing has no end")
    return body[:end] + shapes.encode("ascii") + body[end:]


def _no_comments() -> bytes:
    return f'{DECLARATION}<comments xmlns="{SPREADSHEET}"><authors/><commentList/></comments>'.encode()


def _text(part: XmlPart, element: Element) -> str:
    return part.source[element.tag_end : element.content_end].decode("utf-8", "replace")


def _author(comment: Element, names: list[str]) -> str:
    number = comment.attributes.get("authorId", "")
    return names[int(number)] if number.isdecimal() and int(number) < len(names) else ""


def _run(p: str, text: str) -> str:
    font = f'<{p}sz val="9"/><{p}color indexed="81"/><{p}rFont val="Tahoma"/><{p}family val="2"/>'
    return f'<{p}r><{p}rPr>{font}</{p}rPr><{p}t xml:space="preserve">{escaped(visible_lines(text))}</{p}t></{p}r>'


def _extend(part: XmlPart, comment: Element, run: str) -> None:
    """Put a run after the text of a comment; a text without runs is made one, because Excel shows either."""
    text = comment.child("text")
    if text is None:
        part.append(comment, f"<{part.prefix}text>{run}</{part.prefix}text>")
        return
    after, written = text.tag_end, run.encode("ascii", "xmlcharrefreplace")
    for child in text.children:
        if child.name == "t":
            part.splices.replace(child.start, child.start, f"<{part.prefix}r>".encode())
            part.splices.replace(child.end, child.end, f"</{part.prefix}r>".encode())
        after = child.end if child.name in ("t", "r") else after
    if text.end == text.tag_end:
        part.append(text, run)
    else:
        part.splices.replace(after, after, written)


def _numbering(source: bytes | None, texts: Mapping[Spot, str], others: Iterable[bytes]) -> tuple[int, bytes]:
    """Return the number of the first new box, and the head of a new drawing with the blocks of numbers it uses."""
    if source is not None:
        return max((int(found) for found in _SHAPE_ID.findall(source)), default=_IDS_PER_BLOCK) + 1, b""
    used = [int(block) for drawing in others for found in _ID_BLOCK.findall(drawing) for block in found.split(b",")]
    block = max(used, default=0) + 1
    blocks = ",".join(str(block + number) for number in range(len(texts) // (_IDS_PER_BLOCK - 1) + 1))
    names = "".join(f' xmlns:{key}="{uri}"' for key, uri in _VML.items())
    layout = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{blocks}"/></o:shapelayout>'
    return block * _IDS_PER_BLOCK + 1, f"<xml{names}>{layout}</xml>".encode()


def _shape_type(missing: str) -> str:
    return (
        f'<v:shapetype{missing} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
        '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
    )


def _anchor(place: Spot, text: str, width_pixels: Callable[[int], int]) -> str:
    """Return where a box stands: right of its cell; left column, pixels, top row, pixels, then right and bottom."""
    lines = sum(len(line) // _CHARACTERS_PER_LINE + 1 for line in text.split("\n")) + 1
    top = max(place.row - 1, 0)
    right, rest = place.column + 1, _GAP + _WIDTH
    while right < _LAST_COLUMN and rest > width_pixels(right):
        rest -= width_pixels(right)
        right += 1
    bottom, rest_below = divmod(lines * _LINE_HEIGHT, _ROW_HEIGHT)
    return f"{place.column + 1}, {_GAP}, {top}, 4, {right}, {rest}, {top + bottom}, {rest_below + 4}"


def _shape(number: int, place: Spot, anchor: str, missing: str) -> str:
    style = f"position:absolute;margin-left:59.25pt;margin-top:1.5pt;width:{_WIDTH}px;height:80px;z-index:1"
    return (
        f'<v:shape{missing} id="_x0000_s{number}" type="#_x0000_t202" style="{style};visibility:hidden"'
        ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
        f"<x:AutoFill>False</x:AutoFill><x:Row>{place.row}</x:Row><x:Column>{place.column}</x:Column>"
        "</x:ClientData></v:shape>"
    )
