"""Words of a title by which the figures are no result of all poor households: a plan, or a part of the poor.

Read by phrases, never by one word: "kế hoạch" stands in "kết quả thực hiện kế hoạch" and in the number of a document,
"thoát nghèo" in a list of all that a table holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from functools import lru_cache
from itertools import pairwise
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.sheet.headings import fold
from thidua_cli.normalise.sheet.printed_words import printed_words


class OtherSense(Enum):
    """What figures are, if they are no result of the whole."""

    PLAN = auto()
    """A plan, a target, an estimate, a forecast, a registration."""
    PART = auto()
    """Counts of some of the poor households."""


class OtherFigures(NamedTuple):
    """Words by which figures are something else."""

    sense: OtherSense
    words: str
    """As printed."""
    key: str
    """Folded: columns that are headed so say themselves which of them are meant."""


_AGENCY: Final = late_pattern(
    r"^(?:ubnd|uy ban|phong|so(?! lieu| ho)|ban|bo|hoi|chi cuc|cuc|trung tam|ngan hang|mat tran|lien doan|cong hoa|"
    r"doc lap|tinh|huyen|thanh pho|quan|thi xa|xa|phuong|thi tran)\b(?!.*\bho (?:can )?ngheo\b)"
)
_OFFICE_OF_PLANNING: Final = late_pattern(
    r"\b(?:tai chinh|dau tu|kinh te|tong hop)(?: ,| va)+ ke hoach\b"
    r"|\bke hoach(?: ,| va)* (?:dau tu|tai chinh|hoa gia dinh)\b"
    r"|\b(?:phong|^so|bo) ke hoach\b"
)
_RESULT_OF: Final = late_pattern(
    r"\b(?:ket qua|thuc hien|hoan thanh|danh gia|tinh hinh|so (?:sanh )?voi|tien do|kem theo|can cu|tong ket|ra soat|"
    r"chuong trinh|ctmtqg|mtqg)\b"
)
"""Before the word for a plan they make it a plan that was carried out, or a document."""
_PLAN: Final = late_pattern(
    r"\bke hoach(?! (?:so|cua|nay|tren|hoa|\d{1,4} kh)\b)|(?<!kem )(?<!theo )\bkh ?(?:giam|thoat|nam|giao|(?=20\d\d))"
    r"|\bchi tieu (?:giam|ke hoach|phan dau|ho|thoat)\b|\bchi tieu (?:\w+ ){0,2}giao\b|\bmuc tieu(?! quoc gia)\b"
    r"|\bphan dau\b|\b(?:phuong an|lo trinh) (?:giam|thoat)\b"
)
_PLAN_AND_RESULT: Final = late_pattern(r"[\w ]*\bke hoach(?: va| ,)+ ket qua\b")
_LAST_WORDS: Final = 24
"""Letters of the line above that may go on in a line: "KẾT QUẢ THỰC HIỆN" above "KẾ HOẠCH GIẢM NGHÈO"."""
_ESTIMATE: Final = late_pattern(
    r"\b(?:tam )?giao (?:\w+ ){0,3}(?:chi tieu|ke hoach|muc tieu|nhiem vu|giam)\b|\bphan (?:bo|giao|khai)\b"
    r"|\bdu (?:kien|bao|tinh|tru|uoc)\b|\bdk (?:nam )?(?=20\d\d\b)|\bcam ket\b|\bnhu cau\b"
    r"|\b(?<!\btan )(?:so )?uoc (?:thuc hien|th|tinh|dat|ket qua|so|den|cuoi|nam|ca nam|ho|giam|con)\b"
    r"|(?:^|[,(] )(?:so )?uoc(?= [,()]|$)"
    r"|\bdang k[iy](?! (?:thuong tru|tam tru|ho khau|ho tich|kinh doanh|dat dai)\b)"
)
_POOR: Final = r"(?:ho ngheo|ho can ngheo)(?:(?: ,| va)+ (?:ho )?can ngheo)?"
_PLAIN: Final = late_pattern(r"\bho (?:can )?ngheo\b(?! (?:thoat|tai|phat sinh|moi))")
_SOME_OF_THEM: Final = late_pattern(
    rf"\b{_POOR} ("
    r"(?:la |do |cua |thuoc |trong )?(?:nguoi |dong bao |ho |cac )*"
    r"(?:dan toc|dtts|dong bao(?: (?:cong giao|ton giao|theo dao))?|nguoi \w+)"
    r"|(?:do |co |la )*(?:phu nu|nu|chu ho|hoi vien|doan vien|nong dan|can bo)\b"
    r"|chua (?:co|duoc (?:ho tro|vay|cap)|thoat|tham gia|tiep can)|(?:giam|tang)\b(?! ngheo| qua)"
    r"|(?:co |duoc |dang |con |da |van )*(?:vay|du no|no)\b"
    r"|(?:moi |da |vua |duoc )*(?:thoat|tai ngheo|phat sinh|roi)\b"
    r"|co (?!den|mat|tai|trong|tren|dia|cuoi|dau|o\b)|(?:duoc|dang) (?:ho tro|huong|cap(?! giay)|vay|giup|tang|nhan)"
    r"|khong (?:co|con|the)|thuoc (?:dien|doi tuong|chinh sach|ho|nhom)"
    r"|(?:bi|gap|thieu|huong|can(?! ngheo)|de nghi|xin|tham gia)\b"
    r"|don than|neo don|gia ca|tre em|nguoi cao tuoi|cao tuoi|khuyet tat|bao tro|chinh sach|theo dao|cong giao|co cong"
    r"|bo sung|trong do tuoi|(?:duoi|tren) \d+ tuoi"
    r"|(?:o |tai |thuoc |tren )*(?:khu vuc|vung|dia ban) (?:nong thon|thanh thi)\b"
    r"(?! moi\b|(?: ,| va)* (?:khu vuc |vung )?(?:nong thon|thanh thi))"
    r"|thuong binh|cuu chien binh|nong dan|doan vien|hoi vien|moi(?= (?:[,()]|phat sinh|nam|trong)|$)|ve nha o"
    r")"
)
_LEFT: Final = late_pattern(
    r"\b(?:ho )?(?:moi |da |vua )*(?:thoat (?:ho )?(?:can )?ngheo|tai ngheo|tai can ngheo|ngheo phat sinh)\b"
    r"|\bmuc giam (?:so )?ho (?:can )?ngheo\b"
)
_OF_A_PLACE: Final = late_pattern(r"\b(?:xa|huyen|thon|ban|phong trao|thi dua|cong tac) \Z")
"""Before "thoát nghèo": a place that left poverty, or the movement; not households."""
_OTHERS: Final = late_pattern(
    r"\b(?:do )?phu nu (?:lam |la )?chu ho\b|\bchu ho (?:la )?(?:phu )?nu\b|\bnu (?:lam )?chu ho\b|\bphu nu ngheo\b"
    r"|\bkhong (?:co|con) (?:kha nang )?lao dong\b|\bho (?:la |nguoi )*(?:dtts|dan toc|dong bao)\b"
    r"|\b(?:tre em|hoc sinh|sinh vien|nguoi cao tuoi|phu nu|hoi vien|doan vien|nong dan|cuu chien binh|khuyet tat|"
    r"lao dong|doi tuong|nguoi co cong) (?:con )?(?:thuoc |la |trong |cua |o |ngheo )?(?:cac )?"
    r"(?:ho (?:can )?ngheo|dien ngheo)\b"
    r"|\b(?:vay von|cho vay|nha tam|tang qua(?! cac)|qua tet|tien dien|cuu tro)\b|\btre em ngheo\b"
    r"|\b(?:ho|danh sach) de nghi (?:duoc )?ra soat\b|\b(?:dieu tra|chon) mau\b(?! (?:so )?\d)"
    r"|\b(?:(?:khong|chua) (?:bao gom|gom|tinh|ke)|ngoai tru|da tru) "
    r"(?:(?:cac|so|nhung) )?(?:ho|nguoi|xa|thi tran|phuong)\b"
    r"(?! (?:can ngheo|khong ngheo|tam tru|tam vang|co muc song|trung binh|khau|ngheo(?: [,)]|$)))"
    r"|\bho tro (?:\w+ ){0,5}(?:cho )?(?:cac )?ho (?:can )?ngheo\b"
    r"|(?:^|(?<=\( ))(?:doi voi |chi tinh |tinh |rieng )*(?:ho |nguoi |dong bao )*(?:dan toc|dtts)\b"
)
_RESULT: Final = late_pattern(r"\bket qua\b|\bra soat\b|\bchinh thuc\b")
_WHOLE: Final = late_pattern(r"\bho (?:can )?ngheo(?=$| ,| va\b| nam\b| tren\b| cuoi\b| theo\b| \()")
_AMONG: Final = late_pattern(r"\( (?:trong do|bao gom|ke ca|gom|ca)\b[^)]*\Z")
_MAY_BE_PLAN: Final = late_pattern(
    "ke hoach|kh ?(?:giam|thoat|nam|20)|chi tieu|muc tieu|phan |giao|du (?:kien|bao|tinh|tru)|cam ket|nhu cau|uoc|"
    "dk |dang k|phuong an|lo trinh"
)
_MAY_BE_OTHERS: Final = late_pattern(
    "phu nu|chu ho|lao dong|dan toc|dtts|dong bao|vay|nha tam|tang qua|qua tet|tien dien|cuu tro|tre em|ho tro|"
    "(?:khong|chua) (?:bao |gom|tinh|ke)|ngoai tru|da tru|de nghi|(?:tra|chon) mau|"
    "(?:hoc sinh|sinh vien|hoi vien|doan vien|cao tuoi|nong dan|chien binh|khuyet tat|doi tuong|co cong) "
)
_GOES_ON: Final = late_pattern(
    "ngheo (?!nam |tren |cuoi |va |da chieu|(?:ho )?can ngheo)|thoat|tai (?:can )?ngheo|phat sinh|moi|muc giam"
)
"""Words beside "hộ nghèo" other than those in titles of whole results.

Of a line without any of these three nothing else is asked: the patterns above are large.
"""


def other_figures(lines: Sequence[str]) -> Iterator[tuple[int, OtherFigures]]:
    """Yield what the lines of a title say their figures are, other than results of the whole, with the line's index."""
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else ""
        for figures in _in_line(line, before):
            yield index, figures
    for index, (line, below) in enumerate(pairwise(lines)):
        for figures in _over_two_lines(line, below):
            yield index + 1, figures


def says_result(line: str) -> bool:
    """Say whether a line calls its figures results: "kết quả", "rà soát"."""
    return _RESULT.search(fold(line)) is not None


@lru_cache(maxsize=1024)
def _in_line(line: str, before: str) -> tuple[OtherFigures, ...]:
    folded = fold(line)
    may_plan, may_be_part = _MAY_BE_PLAN.search(folded), _GOES_ON.search(folded) or _MAY_BE_OTHERS.search(folded)
    if not may_plan and not may_be_part:
        return ()
    words = printed_words(line)
    text = _OFFICE_OF_PLANNING.sub(lambda match: "#" * len(match[0]), words.text) if may_plan else words.text
    spans = [
        *(_planned(text, before) if may_plan else ()),
        *(_parts(text) if may_be_part and not _AGENCY.match(text) else ()),
    ]
    return tuple(
        OtherFigures(sense, words.quoted(start, end), text[start:end])
        for sense, start, end in spans
        if words.says(start, end)
    )


def _planned(text: str, before: str) -> Iterator[tuple[OtherSense, int, int]]:
    """Yield the words for plans in a folded line."""
    for match in _ESTIMATE.finditer(text):
        yield OtherSense.PLAN, *match.span()
    continues = bool(before) and _RESULT_OF.search(printed_words(before).text[-_LAST_WORDS:]) is not None
    for match in _PLAN.finditer(text):
        is_of_result = _RESULT_OF.search(text, 0, match.start()) or _PLAN_AND_RESULT.match(text)
        if not is_of_result and not (continues and match.start() == 0):
            yield OtherSense.PLAN, *match.span()


def _parts(text: str) -> Iterator[tuple[OtherSense, int, int]]:
    """Yield the words for parts of the poor in a folded line."""
    some = list(_SOME_OF_THEM.finditer(text))
    for match in [*some, *_OTHERS.finditer(text)]:
        if not _is_listed(text, match):
            yield OtherSense.PART, *match.span()
            return
    left = _LEFT.search(text)
    if left is not None and not _PLAIN.search(_LEFT.sub("#", text)) and not _OF_A_PLACE.search(text, 0, left.start()):
        yield OtherSense.PART, *left.span()


def _is_listed(text: str, part: re.Match[str]) -> bool:
    """Say whether all the poor are named beside a part of them: "hộ nghèo, hộ cận nghèo và hộ nghèo DTTS"."""
    before = text[: part.start()]
    is_in_brackets = before.count("(") > before.count(")") and not _AMONG.search(before)
    if is_in_brackets or not part[0].startswith("ho "):
        return False
    rest = f"{before}#{text[part.end() :]}"
    return _WHOLE.search(rest) is not None


def _over_two_lines(line: str, below: str) -> Iterator[OtherFigures]:
    """Yield a part of the poor that is named over two lines: "TỔNG HỢP HỘ NGHÈO" above "DO PHỤ NỮ LÀM CHỦ HỘ"."""
    if not fold(line).endswith("ngheo") or not _GOES_ON.search(f"ngheo {fold(below)} "):
        return
    first, then = printed_words(line), printed_words(below)
    if not first.text.endswith("ngheo") or not then.text:
        return
    match = _SOME_OF_THEM.search(f"{first.text} {then.text}")
    if match is not None and match.start() < len(first.text) < match.end() and not _parts_in(below):
        end = match.end() - len(first.text) - 1
        yield OtherFigures(OtherSense.PART, then.quoted(0, end), then.text[:end])


def _parts_in(line: str) -> bool:
    return any(figures.sense is OtherSense.PART for figures in _in_line(line, ""))
