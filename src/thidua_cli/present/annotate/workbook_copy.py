"""A copy of the officer's own workbook in which every finding stands as a comment on a coloured cell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from thidua_cli.errors import InputError
from thidua_cli.findings import Finding, Severity
from thidua_cli.language import Language, Text
from thidua_cli.lexicon import SEVERITY_WORDS
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.present.annotate.comments import COMMENTS_TYPE, DRAWING_TYPE, with_boxes, with_comments
from thidua_cli.present.annotate.listing import add_listing, place_of
from thidua_cli.present.annotate.package import WORKBOOK, Package
from thidua_cli.present.annotate.plain import plain_copy
from thidua_cli.present.annotate.sheet import SheetEdit, Spot, merged_areas
from thidua_cli.present.annotate.styles import Styles
from thidua_cli.present.annotate.xml_edit import NotExtendableError, XmlPart
from thidua_cli.present.findings.records import sorted_findings
from thidua_cli.read.examine import COMPOUND_MAGIC
from thidua_cli.read.wall import unlocked_behind_the_wall

_SUFFIX: Final = ".thidua"
_TEXT_SUFFIXES: Final = frozenset({".csv", ".tsv", ".txt"})
_REFUSED: Final = frozenset({"F001", "F002", "F009"})
"""Kinds that say of a whole file that it was not read."""


def annotated_name(path: Path) -> str:
    """Return the file name of the annotated copy.

    >>> annotated_name(Path("in/bieu-2024.xls")), annotated_name(Path("bieu.xlsm"))
    ('bieu-2024.thidua.xlsx', 'bieu.thidua.xlsm')
    """
    return f"{path.stem}{_SUFFIX}{'.xlsm' if path.suffix.lower() == '.xlsm' else '.xlsx'}"


def annotated_names(paths: Sequence[Path]) -> dict[Path, str]:
    """Return the names of several copies in one folder: files of one name get a number."""
    names: dict[Path, str] = {}
    taken: set[str] = set()
    for path in paths:
        name, number = annotated_name(path), 1
        while name.lower() in taken:  # Windows does not tell letters of different case apart
            number += 1
            name = annotated_name(path.with_stem(f"{path.stem} ({number})"))
        taken.add(name.lower())
        names[path] = name
    return names


def can_annotate(source: Path, findings: Sequence[Finding]) -> bool:
    """Say whether a copy can be made: the file was read, at least in part."""
    return not any(
        finding.kind.code in _REFUSED and not finding.origin.sheet
        for finding in findings
        if Path(finding.origin.file) == source
    )


class AnnotatedCopy(NamedTuple):
    """A copy that is ready to be written."""

    content: bytes
    is_plain: bool
    """It holds the values of the cells alone: formulas, merged cells and looks of the source are not in it. Text files
    have none."""


def annotate(source: Path, findings: Sequence[Finding], language: Language = Language.VI) -> AnnotatedCopy:
    """Return a copy of `source` as .xlsx (.xlsm for one with macros) with its findings marked and listed.

    Everything of an .xlsx or .xlsm stays as it is, most of it byte for byte: only comments, formats of the marked
    cells and one sheet are added; a strict one becomes transitional. Other formats become a plain workbook of their
    values.

    Args:
        source: The file, under the name its findings give.
        findings: Findings of a run; those of other files are passed over.
        language: Language of comments and list.

    Raises:
        InputError: The file cannot be read, or is no spreadsheet (`can_annotate` tells beforehand).
    """
    own = [finding for finding in sorted_findings(findings) if Path(finding.origin.file) == source]
    try:
        content = source.read_bytes()
    except OSError as error:
        raise InputError.unreadable(source, error) from error
    try:
        # One that only Excel's own password locks can be added to like any other.
        package = Package(
            unlocked_behind_the_wall(content) or content if content.startswith(COMPOUND_MAGIC) else content
        )
        return AnnotatedCopy(_annotated(package, own, None, language), is_plain=False)
    except NotExtendableError:
        plain, names = plain_copy(source)
    if not names:
        raise InputError(
            Text(
                f"{source}: không có trang tính nào để lập bản có ghi chú",
                f"{source}: there is no sheet to make an annotated copy of",
            )
        )
    copy = _annotated(Package(plain), own, names, language)
    return AnnotatedCopy(copy, is_plain=source.suffix.lower() not in _TEXT_SUFFIXES)


def _annotated(
    package: Package, findings: Sequence[Finding], names: Mapping[str, str] | None, language: Language
) -> bytes:
    """Annotate a package; `names` translates the sheets of a plain copy, which could not keep all their names."""
    parts = _sheet_parts(package)
    styles = Styles(package)
    links: dict[int, str] = {}
    for sheet, indexes in _by_sheet(findings).items():
        name = (names or {}).get(sheet, sheet)
        if name in parts:
            marked = _marked(package.read(parts[name]), [(index, findings[index]) for index in indexes])
            _mark_sheet(package, parts[name], marked, styles, language)
            links |= {index: place_of(name, place.name) for place, numbered in marked.items() for index, _ in numbered}
    add_listing(package, findings, dict(sorted(links.items())), styles.listing(), language, is_plain=names is not None)
    styles.save()
    return package.content()


def _sheet_parts(package: Package) -> dict[str, str]:
    """Return sheet name → worksheet part; sheets that only hold a chart are left out."""
    targets = {entry.id: entry.target for entry in package.relations(WORKBOOK) if entry.kind == "worksheet"}
    sheets = XmlPart(package.read(WORKBOOK)).root.child("sheets")
    named = ((sheet.attributes.get("name", ""), sheet.related()) for sheet in (sheets.children if sheets else ()))
    return {name: targets[relation] for name, relation in named if relation in targets}


def _by_sheet(findings: Sequence[Finding]) -> dict[str, list[int]]:
    """Return sheet → indexes of the findings that name a cell in it."""
    indexes: dict[str, list[int]] = {}
    for index, finding in enumerate(findings):
        if finding.origin.row:
            indexes.setdefault(finding.origin.sheet, []).append(index)
    return indexes


Numbered = list[tuple[int, Finding]]


def _marked(source: bytes, findings: Sequence[tuple[int, Finding]]) -> dict[Spot, Numbered]:
    """Return the cells to mark, each with its findings: in a merged range it is the one cell that shows."""
    shown = _shown_cell(merged_areas(source))
    marked: dict[Spot, Numbered] = {}
    for index, finding in findings:
        if finding.origin.row:
            place = Spot(finding.origin.row - 1, max(finding.origin.column - 1, 0))  # a whole row shows in column A
            marked.setdefault(shown(place), []).append((index, finding))
    return marked


def _shown_cell(areas: Sequence[tuple[Spot, Spot]]) -> Callable[[Spot], Spot]:
    ordered = sorted(areas)
    tops = [first.row for first, _ in ordered]

    def shown(place: Spot) -> Spot:
        candidates = ordered[: bisect_right(tops, place.row)]
        covering = (
            first for first, last in candidates if place.row <= last.row and first.column <= place.column <= last.column
        )
        return next(covering, place)

    return shown


def _mark_sheet(
    package: Package, part: str, marked: Mapping[Spot, Numbered], styles: Styles, language: Language
) -> None:
    texts = {place: _comment([entry for _, entry in numbered], language) for place, numbered in marked.items()}
    restyled = {place: _restyle(styles, [entry for _, entry in numbered]) for place, numbered in marked.items()}
    edit = SheetEdit(package.read(part), restyled)
    relations = package.relations(part)
    old_comments = next((entry.target for entry in relations if entry.kind == "comments"), None)
    comments, without = with_comments(package.read(old_comments) if old_comments else None, texts)
    if old_comments:
        package.write(old_comments, comments)
    else:
        package.relate(part, "comments", package.add("xl/comments", ".xml", comments, COMMENTS_TYPE))
    old_drawing = next((entry.target for entry in relations if entry.id == edit.legacy_relation), None)
    drawing = _add_boxes(package, part, old_drawing, {place: texts[place] for place in without}, edit)
    package.write(part, edit.result(drawing))


def _add_boxes(package: Package, part: str, old: str | None, texts: Mapping[Spot, str], edit: SheetEdit) -> str | None:
    """Add a box per cell; return the relation of the drawing where the sheet had none."""
    if old is not None:
        package.write(old, with_boxes(package.read(old), texts, edit.width_pixels, ()))
        return None
    others = [package.read(name) for name in package.names() if name.lower().endswith(".vml")]
    boxes = with_boxes(None, texts, edit.width_pixels, others)
    drawing = package.add("xl/drawings/vmlDrawing", ".vml", boxes, DRAWING_TYPE)
    return package.relate(part, "vmlDrawing", drawing)


def _restyle(styles: Styles, findings: Sequence[Finding]) -> Callable[[int], int]:
    gravest: Severity = min((finding.severity for finding in findings), key=lambda severity: severity.rank)
    return lambda base: styles.filled(base, gravest)


def _comment(findings: Sequence[Finding], language: Language) -> str:
    """Return the text of one comment: code and severity, sentence, how to mend; an empty line between findings."""
    mend = Text("Cách sửa", "To mend").pick(language)
    return "\n\n".join(
        f"{finding.kind.code} – {SEVERITY_WORDS[finding.severity].pick(language)}\n{finding.message(language)}\n"
        f"{mend}: {finding.kind.mend.pick(language)}"
        for finding in findings
    )
