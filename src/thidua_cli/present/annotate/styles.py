"""Cell formats added to a workbook: a clone of what a cell has, with a fill; and those of the list of findings."""

from __future__ import annotations

from typing import Final

from thidua_cli.findings import Severity
from thidua_cli.present.annotate.package import WORKBOOK, Package
from thidua_cli.present.annotate.xml_edit import Element, NotExtendableError, XmlPart, with_attributes

FILL_COLOURS: Final = {Severity.ERROR: "FFFF9C94", Severity.WARNING: "FFFFE699", Severity.NOTE: "FFBDD7EE"}
"""Light red, yellow and blue, as ARGB: the figure stays readable, also in print."""
_HEADING_COLOUR: Final = "FFD9E2F0"
_RESERVED_FILLS: Final = 2
"""Excel shows fill 0 as none and fill 1 as grey dots, whatever the file says of them."""
_FONT: Final = '<{p}sz val="11"/>{colour}<{p}name val="Times New Roman"/><{p}family val="1"/>'


class Styles:
    """The style part of a workbook, while formats are added to it."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._name = next(
            (relation.target for relation in package.relations(WORKBOOK) if relation.kind == "styles"), ""
        )
        self._part = XmlPart(package.read(self._name))
        self._p = self._part.prefix
        self._formats, self._fills = self._section("cellXfs"), self._section("fills")
        self._added: dict[int, int] = {}
        self._fill_ids: dict[str, int] = {}
        self._filled: dict[tuple[int, Severity], int] = {}
        if not self._formats.children:
            raise NotExtendableError("there are no cell formats")
        for number in range(len(self._fills.children), _RESERVED_FILLS):
            pattern = ("none", "gray125")[number]
            self._append(self._fills, f'<{self._p}fill><{self._p}patternFill patternType="{pattern}"/></{self._p}fill>')

    def filled(self, base: int, severity: Severity) -> int:
        """Return the format `base` with the fill of `severity`: number format, font, borders, protection stay."""
        made = self._filled.get((base, severity))
        if made is None:
            xf = self._formats.children[base if base < len(self._formats.children) else 0]
            source = self._part.source
            fill = {"fillId": str(self._fill(FILL_COLOURS[severity])), "applyFill": "1"}
            tag = with_attributes(source[xf.start : xf.tag_end], fill)
            clone = (tag + source[xf.tag_end : xf.end]).decode("utf-8")
            made = self._filled[base, severity] = self._append(self._formats, clone)
        return made

    def listing(self) -> dict[str, int]:
        """Return the formats of the list of findings: "title", "heading", "text", "link" and one per severity."""
        fonts, p = self._section("fonts"), self._p
        plain, bold, linked = (
            self._append(fonts, f"<{p}font>{head}{_FONT.format(p=p, colour=colour)}</{p}font>")
            for head, colour in (
                ("", ""),
                (f"<{p}b/>", ""),
                (f"<{p}u/>", f'<{p}color rgb="FF0563C1"/>'),
            )
        )
        formats = {
            "title": self._format(bold, 0, wrap=False),
            "heading": self._format(bold, self._fill(_HEADING_COLOUR)),
            "text": self._format(plain, 0),
            "link": self._format(linked, 0),
        }
        return formats | {
            severity.value: self._format(plain, self._fill(FILL_COLOURS[severity])) for severity in Severity
        }

    def save(self) -> None:
        """Put the style part back into the workbook."""
        self._package.write(self._name, self._part.result())

    def _format(self, font: int, fill: int, *, wrap: bool = True) -> int:
        p, text = self._p, ' wrapText="1"' if wrap else ""
        parent = ' xfId="0"' if self._part.root.child("cellStyleXfs") else ""
        return self._append(
            self._formats,
            f'<{p}xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="0"{parent} applyFont="1" applyFill="1"'
            f' applyAlignment="1"><{p}alignment vertical="top"{text}/></{p}xf>',
        )

    def _fill(self, colour: str) -> int:
        made = self._fill_ids.get(colour)
        if made is None:
            p = self._p
            made = self._fill_ids[colour] = self._append(
                self._fills,
                f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{colour}"/>'
                f'<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>',
            )
        return made

    def _append(self, section: Element, xml: str) -> int:
        """Add an item and return its number."""
        number = len(section.children) + self._added.get(section.start, 0)
        self._added[section.start] = self._added.get(section.start, 0) + 1
        self._part.append(section, xml)
        self._part.set(section, count=number + 1)
        return number

    def _section(self, name: str) -> Element:
        section = self._part.root.child(name)
        if section is None:
            raise NotExtendableError(f"the styles have no {name}")
        return section
