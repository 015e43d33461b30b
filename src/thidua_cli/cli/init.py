"""`thidua init`: a file for the office to begin with."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import typer

from thidua_cli.cli import exit_status
from thidua_cli.cli.declared import option
from thidua_cli.cli.grouping import grouped, single
from thidua_cli.cli.office_file.place import FILE_NAME
from thidua_cli.cli.office_file.settings import OFFICE_PARTS, FileSetting
from thidua_cli.cli.office_file.using import NoConfigAtAll
from thidua_cli.cli.options import Force
from thidua_cli.cli.output import Offer
from thidua_cli.cli.run import OutputOptions, Run
from thidua_cli.cli.run_files import FileMark
from thidua_cli.cli.speech import said
from thidua_cli.errors import UsageError
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass

HELP = said(
    """Ví dụ:

    \b
    thidua init                       lập thidua.toml trong thư mục này
    thidua init -o ../thidua.toml     trong thư mục trên

    Lập tệp của văn phòng: giá trị đặt sẵn cho các tùy chọn hay gõ, và cơ quan, số, nơi, ngày, người ký in trên văn bản.
    Trên cửa sổ dòng lệnh thì hỏi từng phần của văn bản (Enter: để trống); chạy trong kịch bản thì không hỏi gì.""",
    """Examples:

    \b
    thidua init                       a thidua.toml in this folder
    thidua init -o ../thidua.toml     in the folder above

    Begin the office's own file: defaults of options that are typed again and again, and agency, number, place, day and
    signer of papers. On a terminal it asks for each part of a paper (Enter leaves it blank); in a script it asks
    nothing.""",
)
OfficeFileOutput = Annotated[
    str,
    option(
        "--output",
        "-o",
        metavar="FILE",
        help=said("Tệp .toml cần ghi; - là đầu ra chuẩn.", "The .toml to write; - is standard output."),
    ),
    FileMark.WRITES,
]


@dataclass(frozen=True, slots=True)
class RunWithoutFile(Run):
    """How a command speaks that makes the file, and looks at none that is there."""

    no_config: NoConfigAtAll = False


@grouped
def init(*, output: OfficeFileOutput = FILE_NAME, force: Force = False, run: RunWithoutFile) -> int:
    """Write a file for the office to begin with."""
    from thidua_cli.cli.office_file.draft import new_office_file

    place = OutputOptions(output, force).destination(offer=Offer({"toml": ".toml"}, "toml"))
    asks = sys.stdin.isatty() and sys.stderr.isatty() and not run.quiet
    parts = _asked_parts(run) if asks else {}
    run.write(new_office_file(parts, run.language), place, Text("tệp của văn phòng", "a file for the office"))
    if place.is_file and Path(output).name != FILE_NAME:
        run.diagnostics.warning(_OTHER_NAME.fill(name=FILE_NAME))
    return exit_status.DONE


def _asked_parts(run: Run) -> dict[str, str | Sequence[str]]:
    """Ask for one part of `[office]` after the other; what is wrong is said and asked again."""
    run.diagnostics.note(_ENTER)
    answers = {part.key: _answer(part, run) for part in OFFICE_PARTS}
    return {key: answer for key, answer in answers.items() if answer}


def _answer(part: FileSetting, run: Run) -> str | Sequence[str]:
    from thidua_cli.cli.office_file.office_parts import OFFICE_READERS

    is_list, has_lines = part.key == "recipients", part.key == "signer_title"
    label = part.about.pick(run.language).split(";")[0].rstrip(".")
    hint = _SEVERAL.pick(run.language) if is_list or has_lines else ""
    while True:
        typed: str = typer.prompt(f"{label}{hint}", default="", show_default=False, err=True).strip()
        pieces = [piece.strip() for piece in typed.split(";") if piece.strip()] if hint else [typed]
        try:
            value = OFFICE_READERS[part.key](pieces if is_list else "\n".join(pieces), Path())
        except UsageError as error:
            run.diagnostics.warning(error.text)
            continue
        return "" if value is None else value if isinstance(value, str | tuple) else value.isoformat()


_ENTER: Final = Text("Nhấn Enter để bỏ trống phần nào chưa có.", "Press Enter to leave a part blank.")
_SEVERAL: Final = Text(" (nhiều dòng cách nhau bằng dấu ;)", " (several lines apart by ;)")
_OTHER_NAME: Final = Text(
    "chỉ tệp mang tên {name} mới được tự đọc; đổi tên tệp này khi muốn dùng",
    "only a file of the name {name} is read by itself; rename this one to use it",
)

app = single("init", init, HELP)
