"""What the file of an office sets as one page, as rows and as the document "thidua.config/1"."""

from __future__ import annotations

from functools import partial
from typing import Final

from thidua_cli.language import Language, Text
from thidua_cli.present.toolkit.document import Document, Records, Section, View, text_line, text_table
from thidua_cli.present.toolkit.figures import MISSING_MARK
from thidua_cli.results import ConfigResult, ShownSetting, ValueOrigin

SCHEMA: Final = "thidua.config/1"
_FIELDS: Final = ("table", "key", "value", "origin", "line", "variable", "commands")


def config_view(result: ConfigResult) -> View:
    """Return one row per key: its table, its value, and where that comes from."""
    return View(
        page=partial(_page, result),
        record=lambda _: {
            "schema": SCHEMA,
            "file": result.file,
            "sha256": result.sha256,
            "settings": [_record(setting) for setting in result.settings],
        },
        rows=lambda _: Records(_FIELDS, [_row(setting) for setting in result.settings]),
    )


def _page(result: ConfigResult, language: Language) -> Document:
    heads = [head.pick(language) for head in (_TABLE, _KEY, _VALUE, _ORIGIN)]
    rows = [
        (f"[{each.table}]", each.key, _written(each) or MISSING_MARK, _origin(each, result).pick(language))
        for each in result.settings
    ]
    text = (_NO_FILE if result.file is None else _FILE).fill(file=result.file or "")
    return Document([Section(text=[text_line(text.pick(language))]), Section(table=text_table(heads, rows))])


def _written(setting: ShownSetting) -> str:
    match setting.value:
        case None:
            return ""
        case bool():
            return "true" if setting.value else "false"
        case str() | int():
            return " / ".join(str(setting.value).splitlines())
        case _:
            return "; ".join(setting.value)


def _origin(setting: ShownSetting, result: ConfigResult) -> Text:
    match setting.origin:
        case ValueOrigin.FILE if setting.line is None:
            return Text("{file}", "{file}").fill(file=result.file)
        case ValueOrigin.FILE:
            return Text("{file}, dòng {line}", "{file}, line {line}").fill(file=result.file, line=str(setting.line))
        case ValueOrigin.ENVIRONMENT:
            text = Text("biến môi trường {variable}", "environment variable {variable}")
            return text.fill(variable=setting.variable)
        case ValueOrigin.DEFAULT:
            return _BLANK if setting.table == "office" else _DEFAULT if setting.value is not None else _BY_COMMAND


def _record(setting: ShownSetting) -> dict[str, object]:
    value = setting.value
    return {
        "table": setting.table,
        "key": setting.key,
        "value": value if value is None or isinstance(value, str | int) else list(value),
        "origin": setting.origin.value,
        "line": setting.line,
        "variable": setting.variable,
        "commands": list(setting.commands),
    }


def _row(setting: ShownSetting) -> tuple[str | int | None, ...]:
    commands = "; ".join(setting.commands)
    return (
        *(setting.table, setting.key, _written(setting) or None, setting.origin.value, setting.line),
        *(setting.variable, commands),
    )


_TABLE: Final = Text("Bảng", "Table")
_KEY: Final = Text("Khóa", "Key")
_VALUE: Final = Text("Giá trị", "Value")
_ORIGIN: Final = Text("Lấy từ", "Comes from")
_DEFAULT: Final = Text("mặc định", "default")
_BY_COMMAND: Final = Text("không đặt", "not set")
_BLANK: Final = Text("để trống, in dòng chấm", "blank, printed as dots")
_FILE: Final = Text(
    "Tệp: {file}. Tùy chọn trên dòng lệnh đứng trước biến môi trường, biến môi trường đứng trước tệp.",
    "File: {file}. An option goes before the environment, the environment before the file.",
)
_NO_FILE: Final = Text(
    "Không có thidua.toml trong thư mục này và các thư mục trên nó; lập bằng “thidua init”.",
    "There is no thidua.toml in this folder or above it; “thidua init” begins one.",
)
