"""What `thidua rules check` says of a sound file: what is right, and what is allowed and yet worth a look."""

from __future__ import annotations

from typing import Final

from thidua_cli.language import Text
from thidua_cli.present.rules.view import alternatives_of, targets_of
from thidua_cli.present.toolkit.cell_width import wrapped_text
from thidua_cli.present.toolkit.document import View, text_line
from thidua_cli.rulebook.schema import Rulebook


def sound_view(book: Rulebook) -> View:
    """Say that a rule file can be used, what it holds, and what someone should still look at."""
    counts = _SOUND.fill(
        path=book.path or book.id, rules=len(book.clauses), targets=len(targets_of(book)), items=len(book.attest)
    )
    texts = [counts, *_right(book), *_to_look_at(book)]
    return View(
        screen=lambda language, width: [
            text_line(part) for text in texts for part in wrapped_text(text.pick(language), width)
        ]
    )


def _right(book: Rulebook) -> list[Text]:
    """Return what the check found in order."""
    clauses = (*book.clauses, *targets_of(book))
    if not clauses:
        return []
    days = [clause.verified for clause in clauses]
    return [
        _CITED.fill(count=len(clauses), first=f"{min(days):%d/%m/%Y}", last=f"{max(days):%d/%m/%Y}"),
        _READ.fill(
            readings=len({clause.reading_id for clause in clauses}),
            others=len({each.id for each in alternatives_of(clauses)}),
        ),
    ]


def _to_look_at(book: Rulebook) -> list[Text]:
    """Return what is allowed and yet worth a look: no number of the program can tell whether it is meant."""
    clauses = (*book.clauses, *targets_of(book))
    notes = []
    without_reason = sorted({clause.reading_id for clause in clauses if clause.reading_reason is None})
    if without_reason:
        notes.append(_NO_REASON.fill(ids=", ".join(without_reason)))
    open_ended = [clause.id for clause in clauses if clause.period is not None and clause.period.end is None]
    if open_ended:
        notes.append(_NO_END.fill(ids=", ".join(open_ended)))
    blank = [clause.id for clause in clauses if "…" in f"{clause.citation}"]
    if blank or "…" in str(book.citation):
        notes.append(_PLACEHOLDER.fill(ids=", ".join(["[citation]", *blank] if "…" in str(book.citation) else blank)))
    if not book.citation.address:
        notes.append(_NO_ADDRESS)
    return notes


_SOUND: Final = Text(
    "{path}: tệp quy tắc dùng được. Tiêu chí có số: {rules}; chỉ tiêu: {targets}; mục xác nhận: {items}.",
    "{path}: the rule file is sound. Rules: {rules}; targets: {targets}; criteria to attest: {items}.",
)
_CITED: Final = Text(
    "- Cả {count} mức đều có điều khoản; ngày đối chiếu từ {first} đến {last}.",
    "- All {count} figures have their clause; compared with the text from {first} to {last}.",
)
_READ: Final = Text(
    "- Cách hiểu mặc định: {readings}; cách hiểu khác được xét: {others}.",
    "- Default readings: {readings}; other readings looked at: {others}.",
)
_NO_REASON: Final = Text(
    "- Nên xem: cách hiểu chưa nêu lý do (why): {ids}.", "- Worth a look: readings without a reason (why): {ids}."
)
_NO_END: Final = Text(
    "- Nên xem: không có ngày hết áp dụng (applies.until): {ids}.",
    "- Worth a look: no last day (applies.until): {ids}.",
)
_PLACEHOLDER: Final = Text(
    "- Nên xem: số hiệu hoặc điều khoản còn để “…”: {ids}.", "- Worth a look: number or clause still “…”: {ids}."
)
_NO_ADDRESS: Final = Text(
    "- Nên xem: [citation] không có address, người đọc không biết tìm văn bản ở đâu.",
    "- Worth a look: [citation] has no address, so readers cannot find the text.",
)
