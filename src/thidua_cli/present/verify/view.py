"""What differs between a result and the files it rests on, for people and as the document "thidua.verify/1"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from thidua_cli.judge.verdict import State
from thidua_cli.language import Language, Text, capitalised
from thidua_cli.lexicon import ANSWER_WORDS, MEASURE_WORDS, column_heading
from thidua_cli.present.toolkit.document import Document, FieldValue, Records, Section, View, text_line, text_table
from thidua_cli.present.toolkit.figures import MISSING_MARK
from thidua_cli.verify.difference import Counts, Difference, Portion, VerifyResult, What

SCHEMA: Final = "thidua.verify/1"
_FIELDS: Final = ("what", "unit_code", "unit_name", "rule", "column", "year", "said", "found", "place", "message")
_SHOWN: Final = 200
"""A screen names at most so many differences; every other format has them all."""


def verify_view(result: VerifyResult) -> View:
    """Return what differs."""
    return View(
        page=partial(_page, result),
        screen=lambda language, _: map(text_line, _lines(result, language)),
        record=partial(_document, result),
        rows=lambda language: Records(
            _FIELDS, [list(_record(difference, language).values()) for difference in result.differences]
        ),
    )


def _document(result: VerifyResult, language: Language) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "result": result.file,
        "rules": result.rules,
        "as_of": result.as_of,
        "agrees": not result.differences,
        "proven": result.is_proven,
        "taken_again": _counts(result.counts),
        "by_second_way": _counts(result.second),
        "checked": {"units": result.units, "paths": result.paths, "cells": result.cells, "files": result.files},
        "limits": [text.pick(language) for text in result.limits],
        "made_anew": result.is_made_anew,
        "unused_files": list(result.unused),
        "skipped": result.skipped,
        "differences": [_record(difference, language) for difference in result.differences],
        "not_taken_again": [_record(open_one, language) for open_one in result.not_taken_again],
    }


def _counts(counts: Counts) -> dict[str, object]:
    named = (("figures", counts.figures), ("units", counts.units), ("files", counts.files), ("by_name", counts.by_name))
    return {name: {"taken": portion.taken, "of": portion.of} for name, portion in named}


def _record(difference: Difference, language: Language) -> dict[str, FieldValue]:
    return {
        "what": difference.what.value,
        "unit_code": difference.unit_code or None,
        "unit_name": difference.unit_name or None,
        "rule": difference.rule or None,
        "column": difference.column or None,
        "year": difference.year,
        "said": difference.stated,
        "found": difference.recomputed,
        "place": difference.place or None,
        "message": difference.text.pick(language),
    }


def _lines(result: VerifyResult, language: Language) -> list[str]:
    """Return the sentence that counts, then every difference: where, what, said and found."""
    lines = [_summary(result, language), *_limits(result, language)]
    for difference in result.differences[:_SHOWN]:
        about = ", ".join(part for part in (_unit(difference), _figure(difference, language), difference.rule) if part)
        lines += [
            "",
            f"{about}: {difference.text.pick(language)}" if about else capitalised(difference.text.pick(language)),
        ]
        if difference.place:
            lines.append(f"  {difference.place}")
        stated = _SAID.fill(
            said=_words(difference.stated, difference, language),
            found=_words(difference.recomputed, difference, language),
        )
        lines.append(f"  {stated.pick(language)}")
    more = len(result.differences) - _SHOWN
    if more > 0:
        lines += ["", _MORE.fill(count=more).pick(language)]
    for text in _left_out(result):
        lines += ["", text.pick(language)]
    if result.unused:
        lines += ["", _UNUSED.fill(names=", ".join(result.unused)).pick(language)]
    return lines


def _page(result: VerifyResult, language: Language) -> Document:
    heads = (_WHERE, _RULE, _WHAT, _SAID_HEAD, _FOUND_HEAD, _PLACE)
    rows = [
        [
            _unit(difference) or MISSING_MARK,
            _figure(difference, language) or difference.rule or MISSING_MARK,
            difference.text.pick(language),
            _words(difference.stated, difference, language),
            _words(difference.recomputed, difference, language),
            difference.place or MISSING_MARK,
        ]
        for difference in result.differences
    ]
    table = text_table([head.pick(language) for head in heads], rows)
    sentences = [_summary(result, language), *_limits(result, language)]
    return Document([Section(text=list(map(text_line, sentences)), table=table)])


def _limits(result: VerifyResult, language: Language) -> list[str]:
    """Return the sentence that says what the result, and so the proof, is limited to; none where it is not."""
    listed = "; ".join(text.pick(language) for text in result.limits)
    return [_LIMITED.fill(limits=listed).pick(language)] if listed else []


def _summary(result: VerifyResult, language: Language) -> str:
    text = _DIFFERS if result.differences else _AGREES if result.is_proven else _INCOMPLETE
    counts = result.counts
    if text is _AGREES and not counts.units.of:
        text = _NOTHING_JUDGED
    taken = _TAKEN.fill(
        figures=_portion(counts.figures), units=_portion(counts.units), files=_portion(counts.files), cells=result.cells
    )
    return text.fill(count=len(result.differences), taken=taken).pick(language)


def _portion(portion: Portion) -> str:
    return f"{portion.taken}/{portion.of}"


def _left_out(result: VerifyResult) -> Iterator[Text]:
    """Yield what was not taken again, or by the way of the program alone, with the reason and what to do."""
    if not result.is_made_anew:
        yield _NOT_MADE_ANEW
    if result.not_taken_again:
        units = dict.fromkeys(map(_unit, result.not_taken_again))
        yield _NOT_TAKEN_AGAIN.fill(count=len(result.not_taken_again), units=", ".join(units))
    if result.skipped:
        yield _SKIPPED.fill(count=result.skipped)
    by_hand = result.second.figures.of - result.second.figures.taken
    if by_hand:
        yield _WITHOUT_CELLS.fill(count=by_hand)
    unnamed = result.second.by_name.of - result.second.by_name.taken
    if unnamed and not result.differences:
        yield _UNNAMED.fill(count=unnamed, of=result.second.by_name.of)


def _unit(difference: Difference) -> str:
    return f"{difference.unit_name} ({difference.unit_code})" if difference.unit_code else difference.unit_name


def _figure(difference: Difference, language: Language) -> str:
    """Name the count and year-end a difference is about; empty for any other."""
    if not difference.column:
        return ""
    measure = MEASURE_WORDS.get(difference.column)
    name = (column_heading(difference.column) if measure is None else measure.short).pick(language)
    return f"{name}, {difference.year}"


def _words(token: str, difference: Difference, language: Language) -> str:
    """Return what was said or found as people say it; numbers and texts stand for themselves."""
    match difference.what:
        case What.FILE_CHANGED:
            return f"{token[:16]}…"
        case What.PATH | What.VERDICT | What.NOT_TAKEN_AGAIN if token in set(State):
            return ANSWER_WORDS[State(token)].pick(language)
        case _ if token in _TOKENS:
            return _TOKENS[token].pick(language)
        case _:
            return token


_TOKENS: Final = {
    "applies": Text("áp dụng", "applies"),
    "may_apply": Text("chưa biết có áp dụng", "may apply"),
    "does_not_apply": Text("không áp dụng", "does not apply"),
    "quantitative_only": Text("còn tiêu chí chưa xác nhận", "some criteria are open"),
    "complete": Text("đã xác nhận đủ", "all attested"),
    "refused": Text("có tiêu chí không đạt", "a criterion is refused"),
    "attested": Text("đạt", "attested"),
    "none": Text("không đổi kết luận", "does not change the answer"),
    "undetermined": Text("để ngỏ kết luận", "leaves the answer open"),
    "true": Text("giới hạn", "a bound"),
    "false": Text("số chính xác", "the number itself"),
}


_TAKEN: Final = Text(
    "đã kiểm lại {figures} con số, {units} đơn vị, {files} tệp; đọc lại {cells} ô",
    "taken again {figures} figures, {units} units, {files} files; read again {cells} cells",
)
_AGREES: Final = Text("Khớp hoàn toàn: {taken}.", "All agrees: {taken}.")
_NOTHING_JUDGED: Final = Text(
    "Khớp, nhưng kết quả không xét đơn vị nào: {taken}.", "It agrees, but the result judges no unit: {taken}."
)
_DIFFERS: Final = Text("Có {count} chỗ khác; {taken}.", "{count} differences; {taken}.")
_INCOMPLETE: Final = Text(
    "Không thấy chỗ khác, nhưng chưa kiểm lại hết: {taken}.", "No difference, but not all: {taken}."
)
_NOT_MADE_ANEW: Final = Text(
    "Chưa lập lại được kết quả từ tệp; hãy nêu đủ các tệp của kết quả, đúng như lúc lập, rồi kiểm lại.",
    "The result could not be made anew from its files; give all of them, as they were then, and verify again.",
)
_WITHOUT_CELLS: Final = Text(
    "{count} con số không đọc lại được từ ô: số chia theo tệp --shares, hoặc tệp của nó không được nêu.",
    "{count} figures have no cell that could be read again: they are from --shares, or their file was not given.",
)
_UNNAMED: Final = Text(
    "{count}/{of} con số nằm ở dòng không ghi tên đơn vị: cách thứ hai không tự xác nhận được đó là của đơn vị nào.",
    "{count} of {of} figures stand in rows without a name: the second way does not know by itself whose they are.",
)
_LIMITED: Final = Text("Giới hạn của kết quả: {limits}.", "The result is limited: {limits}.")
_SAID: Final = Text("kết quả ghi: {said}; kiểm lại: {found}", "said: {said}; found: {found}")
_MORE: Final = Text("… và {count} chỗ khác nữa (xem --format json)", "… and {count} more (see --format json)")
_NOT_TAKEN_AGAIN: Final = Text(
    "{count} kết quả chắc chắn không tính lại được bằng cách thứ hai, vì có ô bị nghi ngờ mà không nêu số có thể đúng: "
    "{units}.",
    "{count} certain answers could not be taken again by the second way, on disputed figures without any possible "
    "value named: {units}.",
)
_SKIPPED: Final = Text(
    "{count} kết quả không tính lại bằng cách thứ hai: gộp nhiều đơn vị, đơn vị ra khỏi danh sách hoặc không còn, kế "
    "hoạch năm.",
    "{count} answers were not taken again by the second way: several units together, units that left a list or are "
    "gone, yearly plans.",
)
_UNUSED: Final = Text("Tệp không thuộc kết quả này: {names}.", "Files the result does not rest on: {names}.")
_WHERE: Final = Text("Đơn vị", "Unit")
_RULE: Final = Text("Số liệu, điều kiện", "Figure, clause")
_WHAT: Final = Text("Nội dung", "What")
_SAID_HEAD: Final = Text("Kết quả ghi", "Said")
_FOUND_HEAD: Final = Text("Kiểm lại", "Found")
_PLACE: Final = Text("Ô", "Place")
