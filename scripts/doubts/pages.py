"""The measured table on the pages about doubt, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from doubts.spoilings import KINDS
from doubts.tally import Row, Tally

_TOP: Final = Path(__file__).resolve().parents[2]
PAGES: Final = {"en": _TOP / "docs" / "doubts.md", "vi": _TOP / "docs" / "vi" / "nghi-van.md"}
_BLOCK: Final = re.compile(r"(?<=<!-- measured: begin -->\n).*?(?=<!-- measured: end -->)", re.DOTALL)
_HEADINGS: Final = {
    "en": (
        *("One cell spoilt", "spoilings", "noticed", "certain and wrong", "undetermined"),
        *("of these needlessly", "certain and right", "unnoticed: wrong of certain"),
    ),
    "vi": (
        *("Một ô bị sai", "số lần", "check báo", "chắc chắn mà sai", "chưa xác định"),
        *("trong đó thừa", "chắc chắn và đúng", "không báo: sai trên số chắc chắn"),
    ),
}
_ALL: Final = {"en": "all", "vi": "tất cả"}
_KINDS: Final = {
    "digit dropped": "thiếu một chữ số",
    "digit added": "thừa một chữ số",
    "digits swapped": "đổi chỗ hai chữ số",
    "digit doubled": "lặp một chữ số",
    "sign": "dấu trừ",
    "separator moved": "sai dấu phân cách",
    "text": "chữ thay số",
    "blank": "để trống",
    "zero": "số 0",
    "neighbour's row": "số của dòng bên",
    "neighbour's column": "số của cột bên",
    "last year's": "số của năm trước",
    "total changed": "dòng tổng sai",
    "opening changed": "số đầu năm sai",
    "rate changed": "tỷ lệ in sai",
    "sums follow": "công thức cộng theo số sai",
    "row lost": "mất một dòng",
    "row doubled": "lặp một dòng",
    "renamed, same parent": "tên đơn vị khác cùng cấp trên",
    "renamed, elsewhere": "tên đơn vị nơi khác",
    "year changed": "sai năm",
}
_SENTENCE: Final = {
    "en": (
        "{spoilings} spoilings, {noticed} of them noticed. Of the answers that no possible world changes {needless} %"
        " are left open. Where nothing is noticed, {wrong} of {certain} certain answers are wrong ({share} %)."
    ),
    "vi": (
        "{spoilings} lần làm sai, {noticed} lần check báo. Trong các kết quả mà không giá trị nào làm đổi, {needless} %"
        " bị để chưa xác định. Khi check không báo gì, {wrong} trong {certain} kết quả chắc chắn là sai ({share} %)."
    ),
}


def write_pages(tally: Tally) -> None:
    """Put the table of a run into the pages, between their marks."""
    for language, path in PAGES.items():
        measured = "\n".join(_lines(tally, language)) + "\n"
        page = path.read_text("utf-8")
        path.write_text(_BLOCK.sub(measured.replace("\\", r"\\"), page), encoding="utf-8")


def _lines(tally: Tally, language: str) -> Iterator[str]:
    total = tally.total()
    yield _SENTENCE[language].format(
        spoilings=_number(total.spoilings, language),
        noticed=_number(total.noticed, language),
        needless=_percent(total.needless_percent, language),
        wrong=_number(total.unnoticed_wrong, language),
        certain=_number(total.unnoticed_certain, language),
        share=_percent(total.unnoticed_wrong_percent, language),
    )
    yield ""
    kinds = [kind for kind in KINDS if any(kind == of_kind for _, of_kind in tally.rows)]
    rows = [(kind if language == "en" else _KINDS[kind], tally.total(kind=kind)) for kind in kinds]
    yield from _table(language, [*rows, (_ALL[language], total)])


def _table(language: str, rows: Iterable[tuple[str, Row]]) -> Iterator[str]:
    headings = _HEADINGS[language]
    yield f"| {' | '.join(headings)} |"
    yield "|---|" + "---:|" * (len(headings) - 1)
    for name, row in rows:
        unnoticed = f"{_number(row.unnoticed_wrong, language)} / {_number(row.unnoticed_certain, language)}"
        numbers = (row.spoilings, row.noticed, row.wrong, row.undetermined, row.needless, row.right)
        yield f"| {' | '.join((name, *(_number(number, language) for number in numbers), unnoticed))} |"


def _number(number: int, language: str) -> str:
    return f"{number:,}" if language == "en" else f"{number:,}".replace(",", ".")


def _percent(share: float, language: str) -> str:
    return f"{share:.1f}" if language == "en" else f"{share:.1f}".replace(".", ",")
