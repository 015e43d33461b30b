"""The text of a mapping to begin with: what is known as keys, what is to be filled in as lines of comment."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from thidua_cli.language import NO_TEXT, Language, Text
from thidua_cli.lexicon import COUNT_WORDS, RATE_WORDS
from thidua_cli.model import Measure
from thidua_cli.normalise.mapping import LABELS, RATES
from thidua_cli.normalise.mapping_draft import MAPPABLE, MappingDraft
from thidua_cli.normalise.sheet.heading_table import bundled_headings
from thidua_cli.normalise.sheet.headings import Column
from thidua_cli.quoting import Quote, shown
from thidua_cli.read.grid import cell_name

_KEYS: Final = {meaning: key for key, meaning in (*LABELS.items(), *RATES.items())}
_WIDTH: Final = 28
"""Columns of a key with its value; the comments stand behind them."""
_NAME_WIDTH: Final = max(map(len, COUNT_WORDS)) + 2
_GLOB: Final = str.maketrans({"[": "[[]", "*": "[*]", "?": "[?]"})
_RATED: Final = {"poor_rate": Measure.POOR, "near_poor_rate": Measure.NEAR_POOR}


def mapping_text(draft: MappingDraft, file: str, output: str, language: Language) -> str:
    """Return the TOML of a draft, with the words of its comments in a language.

    `file` and `output` are the names to type in the commands that come next.
    """
    lines = [*_head(draft, file, output), "", *_top(draft), "", "[columns]", *_columns(draft), "", *_meanings()]
    return "".join(f"{line if isinstance(line, str) else line.pick(language)}".rstrip() + "\n" for line in lines)


def missing_keys(draft: MappingDraft) -> list[Text]:
    """Return what a mapping must have and this one has not yet: it is refused until these are filled in."""
    known = {column.meaning for column in draft.taken}
    missing = []
    if known.isdisjoint({"unit_name", "unit_code"}):
        missing.append(_UNIT)
    if known.isdisjoint({*COUNT_WORDS, *RATES.values()}):
        missing.append(_FIGURES)
    return missing


def _head(draft: MappingDraft, file: str, output: str) -> Iterator[str | Text]:
    sheet = (
        Text(f", trang tính “{_plain(draft.sheet)}”", f", sheet “{_plain(draft.sheet)}”") if draft.sheet else NO_TEXT
    )
    yield _comment(_HEAD.fill(file=_plain(file), sheet=sheet))
    yield _comment(_HOW)
    yield _comment(_NEXT)
    yield f"#   thidua import {_word(file)} --mapping {_word(output)} --show-layout"
    yield f"#   thidua check {_word(file)} --mapping {_word(output)}"
    missing = missing_keys(draft)
    if missing:
        yield _comment(_MISSING.fill(missing=Text.joined("; ", missing)))


def _top(draft: MappingDraft) -> Iterator[str | Text]:
    layout, known = draft.layout, {column.meaning: column for column in draft.taken}
    if draft.sheet:
        name = json.dumps(draft.sheet.strip().translate(_GLOB), ensure_ascii=False)
        yield _line(f"sheet = {name}", _SHEET, is_active=draft.is_chosen)
    yield _line(f"header_row = {layout.header_top + 1}", _HEADER_ROW)
    yield _line(f"first_row = {layout.header_bottom + 2}", _FIRST_ROW)
    for meaning in LABELS.values():
        if meaning in known:
            column = known[meaning]
            yield _line(f'{_KEYS[meaning]} = "{column.letters}"', _heading(column))
    if known.keys().isdisjoint({"unit_name", "unit_code"}):
        likely = _likely_unit(draft)
        wanted = _UNIT_WANTED if likely is None else Text.joined(": ", [_UNIT_WANTED, _heading(likely)])
        yield _line(f'unit = "{likely.letters if likely else "?"}"', wanted, is_active=False)
    read = draft.reading
    if "year" not in known:
        year = read.year if read is not None else None
        yield _line(f"year = {year or 2025}", _SAID if year else _FILL, is_active=False)
    scope = None if read is None else read.scope
    yield _line(f'scope = "{scope.code if scope else "?"}"', _SCOPE_SAID if scope else _SCOPE_FILL, is_active=False)


def _columns(draft: MappingDraft) -> Iterator[str | Text]:
    known = {column.meaning for column in draft.taken} & {"unit_name", "unit_code"}
    for column in draft.taken:
        if column.meaning not in LABELS.values():
            yield _line(f'{_KEYS.get(column.meaning or "", column.meaning)} = "{column.letters}"', _heading(column))
    unit = None if known else _likely_unit(draft)
    for column in (column for column in draft.left if column is not unit):
        is_open = column.meaning is None or column.meaning in MAPPABLE
        key = f'? = "{column.letters}"' if is_open else f"  {column.letters}"
        yield _line(key, _open_heading(draft, column), is_active=False)


def _likely_unit(draft: MappingDraft) -> Column | None:
    """Return the first column of words whose heading is not known: it is offered, and a person takes it or not."""
    return next((each for each in draft.left if each.meaning is None and each.index not in draft.examples), None)


def _open_heading(draft: MappingDraft, column: Column) -> Text:
    """Return the heading of a column to be filled in, with its first number and what is known of it."""
    parts = [_heading(column)]
    example = draft.examples.get(column.index)
    number = None if example is None else shown(example[1])
    if example is not None and column.meaning is None and isinstance(number, str):
        parts.append(_EXAMPLE.fill(cell=cell_name(example[0], column.index), value=number))
    if column.refused is not None:
        parts.append(_NO_HOUSEHOLDS)
    elif column.meaning in MAPPABLE:
        parts.append(_TWICE.fill(key=_KEYS.get(column.meaning or "", column.meaning)))
    elif column.meaning is not None:
        parts.append(_NO_KEY)
    elif (near := bundled_headings().nearest(column.path[-1])) is not None:
        parts.append(_NEAR.fill(near=near))
    return Text.joined("; ", parts)


def _heading(column: Column) -> Text:
    path = " › ".join(_plain(part) for part in column.path)
    quoted = shown(Quote(path))
    return quoted if isinstance(quoted, Text) else Text(str(quoted), str(quoted))


def _meanings() -> Iterator[str | Text]:
    yield _comment(_NAMES)
    for key, term in COUNT_WORDS.items():
        yield _comment(Text(f"  {key:<{_NAME_WIDTH}}", f"  {key:<{_NAME_WIDTH}}"), term.short)
    for key in RATES:
        term = RATE_WORDS[_RATED.get(key, Measure.MULTIDIMENSIONAL)]
        yield _comment(Text(f"  {key:<{_NAME_WIDTH}}", f"  {key:<{_NAME_WIDTH}}"), term.short)
    yield _comment(Text(f"  {'year':<{_NAME_WIDTH}}", f"  {'year':<{_NAME_WIDTH}}"), _YEAR_COLUMN)


def _comment(*texts: Text) -> Text:
    return Text.joined("", [Text("# ", "# "), *texts])


def _line(key: str, comment: Text, *, is_active: bool = True) -> Text:
    written = key if is_active else f"# {key}"
    return Text.joined("", [Text(*[f"{written:<{_WIDTH}} # "] * 2), comment])


def _plain(text: str) -> str:
    """Return a text as a comment may hold it: in one line, without what steers a screen."""
    return "".join(letter if letter.isprintable() else "·" for letter in " ".join(text.split()))


def _word(name: str) -> str:
    """Return a file's name as it is typed: in quotation marks where it has blanks."""
    plain = _plain(name)
    return f'"{plain}"' if " " in plain else plain


_HEAD: Final = Text("Mô tả biểu riêng: {file}{sheet}", "A form of one's own: {file}{sheet}")
_HOW: Final = Text(
    "Dòng có # ở đầu chưa có tác dụng: thay ? bằng tên số liệu (danh sách ở cuối), rồi bỏ #. “C” là cột C của Excel.",
    'Lines with # in front say nothing yet: put a name (listed below) for ?, take the # off. "C" is column C of Excel.',
)
_NEXT: Final = Text("Xong thì chạy hai dòng này:", "Then run these two lines:")
_MISSING: Final = Text("CÒN THIẾU, chưa dùng được: {missing}", "STILL MISSING, not to be used before: {missing}")
_UNIT: Final = Text("unit hoặc unit_code (cột tên hoặc mã đơn vị)", "unit or unit_code (the column of units)")
_FIGURES: Final = Text("ít nhất một cột số hộ hoặc tỷ lệ", "one column of counts or rates at least")
_SHEET: Final = Text(
    "bỏ dòng này thì tệp dùng cho mọi trang tính khớp", "without this line the file is for every sheet that fits"
)
_HEADER_ROW: Final = Text("dòng đầu của tiêu đề", "first row of headings")
_FIRST_ROW: Final = Text("dòng đầu của số liệu", "first row of data")
_UNIT_WANTED: Final = Text("BẮT BUỘC: cột tên đơn vị (hoặc unit_code)", "REQUIRED: column of unit names (or unit_code)")
_SAID: Final = Text("biểu đã ghi năm; chỉ bỏ # khi muốn thay", "the table says its year; only to overrule it")
_FILL: Final = Text("năm rà soát; bỏ # nếu biểu không ghi năm", "year of the review, where the table does not say it")
_SCOPE_SAID: Final = Text(
    "đơn vị của biểu, đã nhận ra; bỏ # nếu biểu sau không ghi", "unit of the table, as recognised; for those without it"
)
_SCOPE_FILL: Final = Text(
    "mã huyện, tỉnh của biểu nếu biểu không ghi: thidua units find TÊN",
    "code of the unit of the table, where it does not say it: thidua units find NAME",
)
_EXAMPLE: Final = Text("{cell}: {value}", "{cell}: {value}")
_NO_HOUSEHOLDS: Final = Text("không tính bằng hộ", "not counted in households")
_TWICE: Final = Text("hai cột cùng là {key}: chỉ chọn một", "two columns claim {key}: choose one")
_NO_KEY: Final = Text("đã nhận ra, tệp mô tả không cần", "known, and not needed here")
_NEAR: Final = Text("gần nhất: “{near}”", "nearest: “{near}”")
_NAMES: Final = Text("Các tên số liệu dùng được trong [columns]:", "Names that may stand in [columns]:")
_YEAR_COLUMN: Final = Text("cột năm rà soát", "column of year-ends")
