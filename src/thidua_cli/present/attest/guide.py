"""The first sheet of an attestation file: whom it is for, how it is filled in and read back."""

from __future__ import annotations

from typing import Final

from thidua_cli.attest.plan import AttestPlan
from thidua_cli.language import Language, Text
from thidua_cli.lexicon import LEVEL_WORDS, SUBJECT_WORDS
from thidua_cli.model import Level


def unit_sheet_name(level: Level) -> Text:
    """Return the name of the sheet of the units of a level."""
    return LEVEL_WORDS[level].long.capitalised()


def subject_sheet_name(subject: str) -> Text:
    """Return the name of the sheet of a subject that no table counts."""
    return SUBJECT_WORDS[subject].short.capitalised()


def guide_lines(plan: AttestPlan, language: Language) -> list[str]:
    """Return the paragraphs of the guide."""
    book = plan.rulebook
    lines = [
        _RULES.fill(title=book.title, citation=book.citation, version=book.version, year=str(plan.as_of)),
        *_STEPS,
    ]
    lines += [
        _UNITS.fill(
            sheet=unit_sheet_name(planned.level),
            units=len(planned.units),
            rows=sum(len(unit.items) for unit in planned.units),
        )
        for planned in plan.unit_sheets
    ]
    if plan.silent_levels:
        names = Text.joined(", ", [LEVEL_WORDS[level].short for level in plan.silent_levels])
        lines.append(_SILENT.fill(document=book.citation.document, levels=names))
    lines += [
        _SUBJECTS.fill(sheet=subject_sheet_name(planned.subject), entries=planned.entries, items=len(planned.items))
        for planned in plan.subject_sheets
    ]
    lines.append(_BACK.fill(rules=book.id, year=str(plan.as_of)))
    return [text.pick(language) for text in lines]


_RULES: Final = Text(
    "Bộ tiêu chí: {title}, {citation}; bản {version}. Năm xét: {year}.",
    "Rules: {title}, {citation}; version {version}. As of {year}.",
)
_STEPS: Final = (
    Text(
        "1. Mỗi dòng là một tiêu chí của một đơn vị hoặc một tập thể, cá nhân. Chương trình không tính các tiêu chí "
        "này: người có thẩm quyền xác nhận.",
        "1. One row is one criterion of one unit or subject. The program does not compute these: a person in charge "
        "attests them.",
    ),
    Text(
        "2. Chọn Đạt hoặc Không đạt; ghi họ tên, chức vụ người xác nhận, ngày xác nhận và số văn bản minh chứng. "
        "Chưa xác nhận thì để trống cả dòng. Ô vàng là ô còn thiếu.",
        "2. Choose Met or Not met; write who attests it, the position, the date and the number of the document that "
        "shows it. Leave the row empty while it is open. Yellow cells still lack something.",
    ),
    Text(
        "3. Chỉ nhập vào ô trắng. Ô xám đã khóa (không có mật khẩu); có thể sửa lời văn, nhưng giữ nguyên các cột mã.",
        "3. Fill in the white cells only. Grey cells are locked (no password); texts may be edited, ids may not.",
    ),
)
_UNITS: Final = Text(
    "Trang “{sheet}”: {units} đơn vị, {rows} dòng.",
    "Sheet “{sheet}”: {units} units, {rows} rows.",
)
_SILENT: Final = Text(
    "{document} không có tiêu chí phải xác nhận đối với: {levels}.",
    "{document} has no criteria to attest for: {levels}.",
)
_SUBJECTS: Final = Text(
    "Trang “{sheet}”: ghi tên vào cột thứ hai, mỗi tập thể, cá nhân {items} tiêu chí; có chỗ cho {entries}.",
    "Sheet “{sheet}”: write the names into the second column, {items} criteria each; there is room for {entries}.",
)
_BACK: Final = Text(
    "Điền xong, lưu tệp rồi chạy: thidua eligible TỆP… --rules {rules} --as-of {year} --attest TÊN-TỆP-NÀY.xlsx",
    "Once filled in, save and run: thidua eligible FILE… --rules {rules} --as-of {year} --attest THIS-FILE.xlsx",
)
