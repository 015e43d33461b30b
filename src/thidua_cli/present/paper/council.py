"""Words for a council: the same sentences as on the terminal, without what would be typed there."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from thidua_cli.language import Language, Text
from thidua_cli.late_pattern import late_pattern

_MARK: Final = late_pattern(r"^\((?:\*{1,2}|\+|\?)\) (?:… )?")
"""Leads a note to the marks behind the names of a table."""
_TYPED: Final = late_pattern(r"--[a-z]|thidua ")
_OPTIONS: Final[tuple[tuple[re.Pattern[str], Text], ...]] = tuple(
    (late_pattern(pattern), words)
    for pattern, words in (
        (r"; (?:xem đủ bằng --format json hoặc|--format json or) “thidua check”[^.]*", Text("", "")),
        (
            r"--boundaries (\d{4})-(\d{2})-(\d{2}) --as-of (\d{4})",
            Text(r"địa giới ngày \3/\2/\1", r"boundaries of \1-\2-\3"),
        ),
        (r", (?:mỗi năm một dòng|one line a year) “[^”]*”(?:, “[^”]*”)*", Text("", "")),
        (r"--classes (?:TỆP|FILE)", Text("danh sách phân loại", "a list of classes")),
        (r"--shares (?:TỆP|FILE)", Text("số hộ của từng phần", "the households of each part")),
        (r"--units (?:TỆP|FILE)", Text("danh sách thôn", "a list of villages")),
        (r"--poverty-line (\S+)", Text(r"chuẩn nghèo \1", r"the poverty line \1")),
        (r"--(?:year|as-of) (\S+)", Text(r"năm \1", r"the year \1")),
        (r"--(?:within|unit|scope) (\S+)", Text(r"mã \1", r"the code \1")),
        (r"--mapping(?: (?:TỆP|FILE))?", Text("tệp mô tả biểu", "a description of the form")),
        (r" \(--reading [^)]*\)", Text("", "")),
    )
)
"""What is typed → what it stands for, the particular ones first."""


@lru_cache(maxsize=4096)
def for_council(text: str, language: Language) -> str:
    """Return a note as a paper has it: no marks of a table's rows before it, no options or commands in it.

    >>> for_council("(*) Cộng từ cấp dưới. Bổ sung bằng --classes TỆP.", Language.VI)
    'Cộng từ cấp dưới. Bổ sung bằng danh sách phân loại.'
    """
    text = _MARK.sub("", text)
    if _TYPED.search(text):
        for pattern, words in _OPTIONS:
            text = pattern.sub(words.pick(language), text)
    return text.strip()
