"""What was recognised on a sheet: `thidua import --show-layout`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from typing import Final

from thidua_cli.language import Language, Text, format_count
from thidua_cli.lexicon import column_text
from thidua_cli.model import CANONICAL_COLUMNS, PRINTED_RATES
from thidua_cli.normalise.forms.register import forms
from thidua_cli.normalise.record.layout_record import ColumnRecord, FoundIn, LayoutRecord, LeftOut, RowsLeftOut
from thidua_cli.normalise.record.unit_lists import UnitList
from thidua_cli.normalise.sheet.headings import IGNORED
from thidua_cli.present.findings.unit_lists import lists_of, lists_text, unit_list_record
from thidua_cli.present.toolkit import terminal
from thidua_cli.present.toolkit.document import Line, Styled, View, text_line
from thidua_cli.present.toolkit.figures import MISSING_MARK

_FOUND_IN: Final = {
    FoundIn.TITLE: Text("trong tiêu đề", "in the title"),
    FoundIn.SHEET_NAME: Text("trong tên trang tính", "in the sheet's name"),
    FoundIn.FILE_NAME: Text("trong tên tệp", "in the file's name"),
    FoundIn.FOLDER_NAME: Text("trong tên thư mục", "in the folder's name"),
    FoundIn.HEADING: Text("trong tiêu đề cột", "in the column headings"),
    FoundIn.COLUMN: Text("ở từng dòng", "in every row"),
    FoundIn.OPTION: Text("do người dùng nêu", "given by the user"),
    FoundIn.ROWS: Text("theo tên các đơn vị trong biểu", "by the names of its units"),
}
_LEFT_OUT: Final = {
    LeftOut.BLANK: Text("dòng trống", "blank"),
    LeftOut.NUMBERING: Text("dòng đánh số cột", "numbering of the columns"),
    LeftOut.SECTION: Text("dòng khu vực", "section"),
    LeftOut.TOTAL: Text("dòng tổng", "total"),
    LeftOut.HEADING: Text("tiêu đề lặp lại", "repeated header"),
    LeftOut.WORDS: Text("chỉ có chữ, không có số liệu", "words without figures"),
    LeftOut.PERSONS: Text("dòng nhân khẩu", "row of persons"),
    LeftOut.SIGNATURE: Text("phần ký tên, ghi chú", "signatures and notes"),
    LeftOut.UNIT_UNKNOWN: Text("không nhận ra tên đơn vị", "unit not recognised"),
    LeftOut.UNIT_OF_ANOTHER_DAY: Text("đơn vị của danh mục khác", "unit of another list"),
    LeftOut.UNIT_AMBIGUOUS: Text("tên khớp với nhiều đơn vị", "name fits several units"),
    LeftOut.YEAR_UNKNOWN: Text("không rõ năm rà soát", "year not known"),
    LeftOut.COPY: Text("đã có trong một biểu khác", "the same as another table"),
}
_NAMED: Final = frozenset(
    {LeftOut.SECTION, LeftOut.TOTAL, LeftOut.UNIT_UNKNOWN, LeftOut.UNIT_OF_ANOTHER_DAY, LeftOut.UNIT_AMBIGUOUS}
)
"""Reasons whose rows are shown with their label; any other row may name people."""
_NOT_USED: Final = {
    "ignored:persons": Text("không dùng: nhân khẩu", "not used: persons"),
    "ignored:unit_of_measure": Text("không dùng: không tính bằng hộ", "not used: not counted in households"),
    "ignored:other_group": Text("không dùng: nhóm hộ khác", "not used: another group of households"),
    "ignored:rate": Text("không dùng: tỷ lệ", "not used: a rate"),
    "ignored:opening": Text("không dùng: tỷ lệ, hộ DTTS đầu năm", "not used: rate or minority at the start"),
    "ignored:movement": Text("không dùng: tỷ lệ, hộ DTTS của biến động", "not used: rate or minority of a movement"),
    "ignored:all_who_left": Text(
        "không dùng: gộp mọi hộ ra khỏi diện, không tách được như Mẫu 09, 10",
        "not used: all who left in one sum, not divided as on Mẫu 09 and 10",
    ),
    "ignored:all_who_came": Text(
        "không dùng: gộp mọi hộ mới vào diện, không tách được như Mẫu 09, 10",
        "not used: all who came in one sum, not divided as on Mẫu 09 and 10",
    ),
}
"""Why columns that are known are left out."""
_UNCHECKED: Final = {
    "F004": Text("công thức chưa được tính (F004)", "formulas that were never calculated (F004)"),
    "F010": Text("liên kết tới tệp khác (F010)", "links to other workbooks (F010)"),
    "F013": Text("chữ bị gạch bỏ, viết nhỏ lên trên (F013)", "crossed-out and raised text (F013)"),
}
_TROUBLED: Final = "yellow"


def heading_text(column: ColumnRecord) -> str:
    """Return the heading path of a column on one line.

    >>> heading_text(ColumnRecord("E", ("Hộ nghèo", "Số hộ"), "poor_households"))
    'Hộ nghèo › Số hộ'
    """
    return _on_one_line(column.path)


@lru_cache(maxsize=1024)
def _on_one_line(path: tuple[str, ...]) -> str:
    return " › ".join(" ".join(segment.split()) for segment in path)


def rows_text(first: int, last: int) -> str:
    """Write a run of rows.

    >>> rows_text(9, 27), rows_text(9, 9)
    ('9–27', '9')
    """
    return str(first) if first == last else f"{first}–{last}"


def layout_view(layouts: Sequence[LayoutRecord], lists: Sequence[UnitList] = ()) -> View:
    """Return what was recognised, one block per table."""
    return View(
        screen=partial(_screen, layouts, lists),
        record=lambda language: layout_document(layouts, language, lists),
    )


def _screen(
    layouts: Sequence[LayoutRecord], lists: Sequence[UnitList], language: Language, width: int
) -> Iterator[Line]:
    for layout in layouts:
        yield from _block(layout, lists_of(layout, lists), language, width)
        yield text_line()
    if not layouts:
        yield text_line(Text("Không nhận ra biểu nào.", "No table was recognised.").pick(language))


def layout_document(
    layouts: Sequence[LayoutRecord], language: Language, lists: Sequence[UnitList] = ()
) -> dict[str, object]:
    """Return the document "thidua.layout/1"; only the sentence of `refused` is in a language."""
    tables = [
        _record(layout, language) | {"unit_lists": list(map(unit_list_record, lists_of(layout, lists)))}
        for layout in layouts
    ]
    return {"schema": "thidua.layout/1", "tables": tables}


def _record(layout: LayoutRecord, language: Language) -> dict[str, object]:
    scope = layout.scope
    return {
        "file": layout.file,
        "sheet": layout.sheet or None,
        "form": layout.form or None,
        "refused": layout.refused.pick(language) if layout.refused else None,
        "title": list(layout.title),
        "year": layout.year,
        "year_from": layout.year_from,
        **({} if layout.stated_line is None else {"poverty_line": layout.stated_line}),
        "scope": None if scope is None else {"code": scope.code, "name": scope.name},
        "scope_from": layout.scope_from,
        "header_rows": [layout.header_top, layout.header_bottom] if layout.header_top else None,
        "columns": [
            {
                "letters": column.letters,
                "heading": list(column.path),
                "meaning": column.meaning,
                "used": _is_used(column),
                "suggestion": column.suggestion,
                **({} if column.factor == 1 else {"factor": column.factor}),
            }
            for column in layout.columns
        ],
        "rows_taken": _taken_count(layout),
        "taken": [list(run) for run in layout.taken],
        "left_out": [
            {"first": rows.first, "last": rows.last, "reason": rows.reason, "label": _label(rows) or None}
            for rows in layout.left_out
        ],
        "unchecked": list(layout.unchecked),
    }


def _is_used(column: ColumnRecord) -> bool:
    return column.used and column.meaning is not None and not column.meaning.startswith(IGNORED)


def _taken_count(layout: LayoutRecord) -> int:
    return sum(last - first + 1 for first, last in layout.taken)


def _label(rows: RowsLeftOut) -> str:
    return " ".join(rows.label.split()) if rows.reason in _NAMED else ""


def _block(layout: LayoutRecord, lists: Sequence[UnitList], language: Language, width: int) -> Iterator[Line]:
    place = " › ".join(part for part in (layout.file, layout.sheet) if part)
    yield from terminal.wrapped(place, width, hanging="  ", style="bold")
    if layout.refused is not None:
        words = Text("Không đọc: {reason}", "Not read: {reason}").fill(reason=layout.refused)
        yield from terminal.wrapped(words.pick(language), width, indent="  ", style=_TROUBLED)
    if layout.form:
        for label, value in _facts(layout, lists):
            text = f"{label.pick(language)}: {value.pick(language)}"
            yield from terminal.wrapped(text, width, indent="  ", hanging="    ")
        yield from _column_lines(layout.columns, language, width)
        yield from _row_lines(layout, language, width)


def _facts(layout: LayoutRecord, lists: Sequence[UnitList]) -> Iterator[tuple[Text, Text]]:
    """Yield what is said of the table as a whole: a name and its value."""
    yield Text("Biểu", "Form"), forms()[layout.form].title
    if layout.title:
        lines = (" ".join(line.split()) for line in layout.title)
        yield Text("Tiêu đề", "Title"), _plain(" / ".join(line for line in lines if line))
    year = _plain("" if layout.year is None else str(layout.year))
    yield Text("Năm rà soát", "Year"), _found(year, layout.year_from)
    if layout.stated_line is not None:
        yield Text("Chuẩn nghèo", "Poverty line"), _found(_plain(layout.stated_line), FoundIn.OPTION)
    scope = _plain("" if layout.scope is None else f"{layout.scope.name} ({layout.scope.code})")
    yield Text("Biểu của", "Table of"), _found(scope, layout.scope_from)
    if lists:
        yield Text("Danh mục đơn vị", "List of units"), lists_text(lists)
    if layout.header_top:
        yield Text("Dòng tiêu đề cột", "Header rows"), _plain(rows_text(layout.header_top, layout.header_bottom))
    if layout.unchecked:
        words = [_UNCHECKED[code] for code in layout.unchecked]
        value = Text.joined("; ", words)
        yield Text("Không kiểm tra được ở định dạng tệp này", "Cannot be checked in this file format"), value


def _plain(text: str) -> Text:
    return Text(text, text)


def _found(value: Text, where: FoundIn | None) -> Text:
    """Write a value and where it was found; a dash for what was not."""
    if where is None:
        return value if value.vi else _plain(MISSING_MARK)
    place = _FOUND_IN[where]
    return Text(f"{value.vi} ({place.vi})", f"{value.en} ({place.en})") if value.vi else place


def _column_lines(columns: Sequence[ColumnRecord], language: Language, width: int) -> Iterator[Line]:
    """Yield one line per column: letters, meaning, heading; the heading goes on below where it is long."""
    if not columns:
        return
    texts = [(f"  {column.letters}", _meaning_text(column).pick(language), _style(column)) for column in columns]
    head = (Text("  Cột", "  Column").pick(language), Text("Ý nghĩa", "Meaning").pick(language), "")
    rows = [(Styled(letters), Styled(meaning, style)) for letters, meaning, style in (head, *texts)]
    headings = [Text("Tiêu đề in trên biểu", "Heading as printed").pick(language), *map(heading_text, columns)]
    lines = terminal.aligned(rows)
    beside = max(map(terminal.length, lines)) + 2
    for line, heading in zip(lines, headings, strict=True):
        padding = Styled(" " * (beside - terminal.length(line)))
        first, *rest = terminal.wrapped(heading, max(width - beside, terminal.NARROWEST))
        yield (*line, padding, *first)
        yield from ((Styled(" " * beside), *more) for more in rest)


def _style(column: ColumnRecord) -> str:
    return _TROUBLED if column.meaning is None or not column.used else ""


def _meaning_text(column: ColumnRecord) -> Text:
    """Say what a column holds, or that it is not known or not used."""
    meaning = column.meaning
    if meaning is None:
        near = column.suggestion or ""
        unknown = Text("không nhận ra", "not recognised")
        close = Text(f" (gần giống “{near}”)", f" (close to “{near}”)") if near else _plain("")
        return Text(unknown.vi + close.vi, unknown.en + close.en)
    if meaning.startswith(IGNORED):
        return _NOT_USED.get(meaning, Text("không dùng", "not used"))
    words = column_text(meaning)
    named = Text(words.vi, f"{words.en} [{meaning}]" if meaning in (*CANONICAL_COLUMNS, *PRINTED_RATES) else words.en)
    if column.factor != 1:
        vi, en = format_count(column.factor), format_count(column.factor, Language.EN)
        named = Text(f"{named.vi} (số ghi × {vi})", f"{named.en} (as printed × {en})")
    if column.used:
        return named
    return Text(f"{named.vi}: nhiều cột, không dùng", f"{named.en}: several columns, not used")


def _row_lines(layout: LayoutRecord, language: Language, width: int) -> Iterator[Line]:
    runs = ", ".join(rows_text(first, last) for first, last in layout.taken)
    taken = Text("Lấy {count} dòng{rows}", "Rows taken: {count}{rows}").fill(
        count=_taken_count(layout), rows=f": {runs}" if runs else ""
    )
    yield from terminal.wrapped(taken.pick(language), width, indent="  ", hanging="    ")
    if not layout.left_out:
        return
    count = sum(rows.last - rows.first + 1 for rows in layout.left_out)
    head = Text("Bỏ qua {count} dòng:", "Rows left out: {count}").fill(count=format_count(count, language))
    yield text_line(f"  {head.pick(language)}")
    places = [f"    {rows_text(rows.first, rows.last)}" for rows in layout.left_out]
    longest = max(map(len, places))
    for place, rows in zip(places, layout.left_out, strict=True):
        label = _label(rows)
        words = _LEFT_OUT[rows.reason].pick(language) + (f" “{label}”" if label else "")
        yield from terminal.wrapped(words, width, indent=f"{place:<{longest}}  ", hanging=" " * (longest + 2))
