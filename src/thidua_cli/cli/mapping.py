"""`thidua mapping`: a description of a form of one's own, begun from what is recognised."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from thidua_cli import pipeline
from thidua_cli.cli.commands import Command, command_group, grouped
from thidua_cli.cli.declared import argument, option
from thidua_cli.cli.output import Offer
from thidua_cli.cli.run import OutputOptions, Run
from thidua_cli.cli.run_files import FileMark
from thidua_cli.cli.speech import said
from thidua_cli.language import Text

HELP = said(
    """Ví dụ: thidua mapping new bieu-rieng.xlsx -o bieu-rieng.toml

    Biểu không theo mẫu, tệp xuất từ phần mềm: soạn tệp mô tả để các lệnh đọc bằng --mapping.""",
    """Example: thidua mapping new own-form.xlsx -o own-form.toml

    Forms of one's own and exports of programs: write the description that commands read by --mapping.""",
)
NEW_HELP = said(
    """Ví dụ:

    \b
    thidua mapping new bieu-rieng.xlsx -o bieu-rieng.toml
    thidua mapping new xuat.xlsx --sheet "Tong hop" -o xuat.toml
    thidua mapping new xuat.csv                                  xem trước trên màn hình

    Viết tệp mô tả một trang tính: dòng tiêu đề, dòng số liệu đầu tiên, những cột nhận ra được; các tiêu đề chưa nhận ra
    đứng ở dòng chú thích để điền tên số liệu. Không ghi chữ nào của các dòng số liệu. Danh sách từng hộ bị từ chối.""",
    """Examples:

    \b
    thidua mapping new own-form.xlsx -o own-form.toml
    thidua mapping new export.xlsx --sheet "Tong hop" -o export.toml
    thidua mapping new export.csv                                look at it first

    Write the description of one sheet: rows of headings, first row of data, the columns that are known; headings that
    are not known stand in comments, to be given a name. No word of the rows of data is written. Lists of households are
    refused.""",
)

app = command_group(HELP)


@app.command(
    "new", cls=Command, help=NEW_HELP, short_help=said("Soạn tệp mô tả biểu riêng.", "Begin a description of a form.")
)
@grouped
def new_mapping(
    *,
    file: Annotated[
        str,
        argument(metavar="FILE", help=said("Tệp có biểu.", "The file with the table.")),
        FileMark.READS,
    ],
    sheet: Annotated[
        str | None,
        option(
            "--sheet",
            metavar="NAME",
            help=said("Trang tính, khi tệp có nhiều trang.", "The sheet, of a file with several."),
        ),
    ] = None,
    to: OutputOptions,
    run: Run,
) -> None:
    """Write a mapping to begin with."""
    place = to.destination(offer=Offer({"toml": ".toml"}, "toml"))
    name = Path(str(place.output)).name if place.is_file else "form.toml"
    made = pipeline.new_mapping(file, sheet, name, run.language)
    run.write(made.text, place, Text("mô tả của {file}", "a description of {file}").fill(file=file))
    if made.missing:
        text = Text("còn phải điền: {missing}", "still to be filled in: {missing}")
        run.diagnostics.warning(text.fill(missing=Text.joined("; ", made.missing)))
