"""A new file for an office: every key with what it is for, those of `[defaults]` as comments to be taken off."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

from thidua_cli.cli.office_file.settings import DATE, OFFICE_PARTS, SETTINGS, FileSetting
from thidua_cli.language import Language, Text

SCHEMA_FILE: Final = "thidua.config-file.1.schema.json"


def new_office_file(parts: Mapping[str, str | Sequence[str]], language: Language) -> str:
    """Return the text of a file with these parts of `[office]`; the others are blank."""
    lines = [f"#:schema {_schema_address()}", *_comments(_HEAD, language), "", "[defaults]"]
    for setting in SETTINGS:
        lines += [*_comments(setting.about, language), f"# {setting.key} = {setting.example}"]
    lines += ["", "[office]", *_comments(_OFFICE, language)]
    for part in OFFICE_PARTS:
        lines += [*_comments(part.about, language), _part(part, parts.get(part.key, ""))]
    return "\n".join([*lines, ""])


def _part(part: FileSetting, value: str | Sequence[str]) -> str:
    if part is DATE:
        return f"date = {value}" if value else f"# date = {part.example}"
    if not value:
        blank = "[]" if part.key == "recipients" else '""'
        return f"{part.key} = {blank}  # {part.example}"
    return f"{part.key} = {_quoted(value) if isinstance(value, str) else _list(value)}"


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"


def _quoted(text: str) -> str:
    """Write a text as TOML does: as JSON, of which it takes every escape, but for one character that JSON leaves."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _comments(text: Text, language: Language) -> list[str]:
    return [f"# {line}" for line in text.pick(language).splitlines()]


def _schema_address() -> str:
    """Return where editors find what the file may hold: the schema is installed with the program."""
    return Path(str(files("thidua_cli").joinpath("data", "schemas", SCHEMA_FILE))).as_uri()


_HEAD: Final = Text(
    "Tệp của văn phòng: thidua đọc tệp này khi chạy trong thư mục này và mọi thư mục con.\n"
    "Thứ tự: tùy chọn gõ trên dòng lệnh, rồi biến môi trường, rồi tệp này. --no-config: bỏ qua tệp.\n"
    "Muốn đặt sẵn tùy chọn nào thì bỏ dấu # ở đầu dòng của nó. Đường dẫn tính từ thư mục của tệp này.\n"
    "Xem giá trị nào lấy từ đâu: thidua config show",
    "The office's own file: thidua reads it in this folder and in every folder below.\n"
    "What is typed goes before the environment, the environment before this file. --no-config ignores it.\n"
    "To set an option take the # off its line. Paths are as seen from the folder of this file.\n"
    "Where each value comes from: thidua config show",
)
_OFFICE: Final = Text(
    "Phần trình bày của văn bản (report, export). Để trống phần nào thì in dòng chấm để điền tay.",
    "What stands around papers (report, export). What is blank is printed as a dotted line to fill in by hand.",
)
