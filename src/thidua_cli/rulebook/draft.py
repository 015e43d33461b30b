"""New rule files to start from: a commented copy of a file, or a short file that builds on it for one's own places."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from thidua_cli.errors import UsageError
from thidua_cli.language import Language, Text
from thidua_cli.late_pattern import late_pattern
from thidua_cli.rulebook.load import bundled_ids, example_ids, load_rulebook, parse_rulebook, rule_file
from thidua_cli.rulebook.schema import AnyClause, Clause
from thidua_cli.rulebook.toml_table import toml_text
from thidua_cli.units.tables import bundled

_UNNAMED: Final = Path("rules.toml")
"""Stands in messages for a file that is written to standard output."""
_OWN_ID: Final = late_pattern(r"[a-z0-9]+(-[a-z0-9]+)*")
_TOP_ID: Final = late_pattern(r'^id\s*=\s*"[^"]*"', re.MULTILINE)
_OF_THE_ORIGINAL: Final = late_pattern(
    r"^(?:#[^\n]*\n\n*)?(?:\[closed\]|\[\[related\]\])[^\n]*\n(?:[^\[\n][^\n]*\n)*\n*", re.MULTILINE
)
"""That its movement was summed up, and what lies beside it, says nothing of another plan."""
_KEY: Final = late_pattern(r"^(\w+)(\.\w+)?\s*=")


def draft_copy(id_or_path: str, output: Path | None, language: Language) -> str:
    """Return a copy of a rule file under an id of its own, with a note at each key the first time it stands.

    Raises:
        UsageError: the id is not known.
        InputError: the file cannot be used.
    """
    base, path = load_rulebook(id_or_path), rule_file(id_or_path)
    source = toml_text(path)
    own_id = _own_id(output, f"{base.id}-ban-sao")
    body = _OF_THE_ORIGINAL.sub("", _TOP_ID.sub(f'id = "{own_id}"', source, count=1))
    if '"""' not in body and "'''" not in body:  # a note inside a text of several lines would become part of it
        body = "\n".join(_with_notes(body.splitlines(), language))
    if base.extends and base.extends not in _shipped_ids():
        seen_from_here = os.path.relpath(path.parent / base.extends, output.parent if output else Path())
        body = body.replace(f'extends = "{base.extends}"', f'extends = "{Path(seen_from_here).as_posix()}"', 1)
    head = _COPY_HEAD.fill(base=base.id, version=base.version).pick(language)
    return _checked(f"{_commented(head)}\n\n{body.strip()}\n", output)


def draft_extension(id_or_path: str, within: Sequence[str], output: Path | None, language: Language) -> str:
    """Return a short file that extends another one for the places `within`, its overrides ready to be filled in.

    Raises:
        UsageError: the id or a code is not known.
        InputError: the file cannot be used, or says nothing of those places.
    """
    base = load_rulebook(id_or_path)
    names = _names(within)
    if id_or_path in _shipped_ids():
        extends = id_or_path
    else:
        extends = Path(os.path.relpath(id_or_path, output.parent if output else Path())).as_posix()
    codes = ", ".join(f'"{code}"' for code in within)
    lines = [
        _commented(_EXTENSION_HEAD.fill(base=base.id, names=names).pick(language)),
        "",
        f'id = "{_own_id(output, f"{base.id}-{within[0]}")}"',
        'version = "1"',
        f'title.vi = "Kế hoạch của {names}"',
        f'title.en = "Plan of {names}"',
        f'extends = "{extends}"',
        f"within = [{codes}]  # {names}",
        "",
        f"# {_CITATION_NOTE.pick(language)}",
        "[citation]",
        'document = "…/KH-UBND"',
        'clause = "…"',
        f"date = {base.citation.date.isoformat()}",
        "",
        _commented(_OVERRIDES_NOTE.pick(language)),
    ]
    own = parse_rulebook("\n".join(lines), output or _UNNAMED)
    clauses: list[AnyClause] = [*own.clauses, *own.targets, *own.class_exits]
    lines += [line for clause in clauses for line in ("", *_override(clause))]
    return _checked("\n".join(lines) + "\n", output)


def _checked(text: str, output: Path | None) -> str:
    """Return the text once it has passed the check it is promised to pass."""
    parse_rulebook(text, output or _UNNAMED)
    return text


def _own_id(output: Path | None, otherwise: str) -> str:
    """Return the file's name as an id where it can be one."""
    stem = output.stem.lower() if output else ""
    return stem if _OWN_ID.fullmatch(stem) and stem not in _shipped_ids() else otherwise


def _shipped_ids() -> tuple[str, ...]:
    return (*bundled_ids(), *example_ids())


def _names(codes: Sequence[str]) -> str:
    tables, names = bundled(), []
    for code in codes:
        periods = tables.periods(code)
        if not periods:
            text = Text(
                'không có đơn vị mã "{code}"; tìm bằng “thidua units find TÊN”',
                'no unit has the code "{code}"; look for it with “thidua units find NAME”',
            )
            raise UsageError(text.fill(code=code))
        names.append(periods[-1].name)
    return ", ".join(names)


def _override(clause: AnyClause) -> list[str]:
    upper = clause.upper if isinstance(clause, Clause) else None
    return [
        "# [[override]]",
        f'# id = "{clause.id}"',
        f"# title.vi = {_quoted(clause.title.vi)}",
        f"# title.en = {_quoted(clause.title.en)}",
        f'# threshold = "{clause.threshold:f}"',
        *([f'# upper = "{upper:f}"'] if upper is not None else []),
        '# citation = { clause = "…" }',
        f"# verified = {clause.verified.isoformat()}",
    ]


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _with_notes(lines: Sequence[str], language: Language) -> list[str]:
    """Return the lines with a note above each known key where it stands for the first time."""
    noted: list[str] = []
    seen: set[str] = set()
    for line in lines:
        key = _KEY.match(line)
        name = key.group(1) if key else ""
        if name in _NOTES and name not in seen:
            seen.add(name)
            noted.append(f"# {name}: {_NOTES[name].pick(language)}")
        noted.append(line)
    return noted


def _commented(text: str) -> str:
    return "\n".join(f"# {line}".rstrip() for line in text.splitlines())


_COPY_HEAD: Final = Text(
    "Bản sao của {base} (phiên bản {version}) để sửa thành kế hoạch của mình.\n"
    "Sửa tên, [citation] và từng điều khoản theo văn bản của mình; bỏ điều khoản văn bản không có.\n"
    "verified là ngày chính mình đối chiếu với văn bản: sửa sau cùng.\n"
    "Kiểm tra: thidua rules check TỆP.  So với bản gốc: thidua rules diff {base} TỆP.",
    "A copy of {base} (version {version}) to be made into a plan of one's own.\n"
    "Change the title, [citation] and every clause to what the text says; drop clauses the text does not have.\n"
    "verified is the day you compared it with the text yourself: change it last.\n"
    "Check it: thidua rules check FILE.  Against the original: thidua rules diff {base} FILE.",
)
_EXTENSION_HEAD: Final = Text(
    "Kế hoạch của {names}, dựa vào {base}: điều khoản nào không nêu ở đây thì theo {base}.\n"
    "Kiểm tra: thidua rules check TỆP.  So với bản gốc: thidua rules diff {base} TỆP.",
    "Plan of {names}, building on {base}: a clause not named here is that of {base}.\n"
    "Check it: thidua rules check FILE.  Against the original: thidua rules diff {base} FILE.",
)
_CITATION_NOTE: Final = Text(
    "Văn bản của mình: số, điều khoản, ngày ký; thêm address nếu có trên mạng.",
    "One's own document: number, clause, date of signing; add an address where it can be read.",
)
_OVERRIDES_NOTE: Final = Text(
    "Mức riêng: bỏ dấu # ở điều khoản văn bản của mình đặt mức khác, sửa tên, mức, điều khoản và ngày đối chiếu.\n"
    "Điều khoản bản gốc không có thì viết thành [[rule]], [[target]] hoặc [[attest]] mới.",
    "Own figures: remove the # of a clause for which the text sets another figure; change title, figure, clause, day.\n"
    "A clause the original does not have becomes a new [[rule]], [[target]] or [[attest]].",
)
_NOTES: Final = {
    "id": Text("chữ thường không dấu, số và gạch nối; không trùng.", "lower-case letters, digits, hyphens; unique."),
    "version": Text("tăng lên mỗi khi nội dung đổi.", "raise it whenever the content changes."),
    "within": Text("mã đơn vị mà tệp áp dụng, đủ số 0 ở đầu.", "codes of the places it speaks of, with leading zeros."),
    "applies": Text("từ ngày nào đến ngày nào.", "from which day to which day it holds."),
    "completeness": Text(
        "tệp có đủ văn bản không; bỏ nếu đủ.", "whether the file holds the whole text; drop it if it does."
    ),
    "document": Text("số hiệu văn bản.", "number of the document."),
    "why": Text("vì sao hiểu như vậy.", "why it is read so."),
    "changes": Text("cách hiểu này đổi những khóa nào.", "which keys this reading changes."),
    "subject": Text(
        "cấp; thêm any_of/none_of (diện), types (loại đơn vị), within (mã), together (gộp) nếu cần.",
        "level; add any_of/none_of (classes), types, within (codes), together (as one) where needed.",
    ),
    "test": Text("đo cái gì: xem docs/rules.md.", "what is measured: see docs/rules.md."),
    "measure": Text(
        "multidimensional = hộ nghèo + cận nghèo; poor = chỉ hộ nghèo.",
        "multidimensional = poor + near-poor; poor = poor households only.",
    ),
    "years": Text("số năm liên tục.", "number of consecutive years."),
    "baseline_year": Text("cuối năm làm gốc so sánh.", "the year-end it is compared with."),
    "year_ends": Text("các thời điểm cuối năm phải đạt.", "the year-ends at which it is to be met."),
    "comparison": Text('">=" là "từ … trở lên", ">" là "trên".', '">=" is "from … upwards", ">" is "more than".'),
    "threshold": Text("đúng như văn bản, trong dấu nháy.", "exactly as the text says, in quotes."),
    "upper": Text('mức trên của khoảng "từ … đến …".', "upper end of a range."),
    "unit": Text("points = điểm %, percent = %, households = hộ.", "points, percent or households."),
    "poverty_line": Text("chuẩn nghèo của số liệu.", "the line the figures stand on."),
    "reading": Text("tên một [readings.…] ở trên.", "name of a [readings.…] above."),
    "alternatives": Text(
        "tên các [alternatives.…] cũng có thể hiểu.", "names of [alternatives.…] it may be read as, too."
    ),
    "citation": Text("điều khoản trong văn bản.", "the clause in the document."),
    "verified": Text("ngày người đối chiếu với văn bản.", "the day a person compared it with the text."),
}
