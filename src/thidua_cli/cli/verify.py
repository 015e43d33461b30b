"""`thidua verify`: a result taken again by a second implementation and from the files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from thidua_cli import pipeline
from thidua_cli.cli import exit_status
from thidua_cli.cli.commands import single
from thidua_cli.cli.options import Files, Force, Lang, NoColor, Output, Quiet, Verbose, said
from thidua_cli.cli.output import target
from thidua_cli.cli.run import Run
from thidua_cli.language import Language, Text

HELP = said(
    """Ví dụ:

    \b
    thidua eligible *.xlsx --rules qd-666-ttg --as-of 2024 --format json -o ket-qua.json
    thidua verify ket-qua.json *.xlsx

    Kiểm lại một kết quả: tính lại từng kết luận bằng cách thứ hai, độc lập, từ số liệu ghi trong kết quả, và đọc lại
    từng ô nguồn trong tệp. Nêu mọi chỗ khác (mã kết thúc 1).""",
    """Example:

    \b
    thidua eligible *.xlsx --rules qd-666-ttg --as-of 2024 --format json -o result.json
    thidua verify result.json *.xlsx

    Take a result again: every verdict by a second, independent implementation from the figures in the result, and
    every cell from the files. Names whatever differs (exit status 1).""",
)


class VerifyFormat(StrEnum):
    """Formats of what differs."""

    TABLE = "table"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"


def verify(
    result: Annotated[
        str,
        typer.Argument(
            metavar="RESULT",
            help=said("Kết quả .json của thidua eligible hoặc targets.", "A .json of thidua eligible or targets."),
        ),
    ],
    files: Files,
    format_: Annotated[
        VerifyFormat, typer.Option("--format", "-f", help=said("Dạng kết quả.", "Format of the result."))
    ] = VerifyFormat.TABLE,
    output: Output = None,
    force: Force = False,
    lang: Lang = Language.VI,
    quiet: Quiet = False,
    verbose: Verbose = False,
    no_color: NoColor = False,
) -> int:
    """Print what differs; the exit status is 1 where anything does."""
    place = target(output, force, [result, *files])
    run = Run(lang, quiet, verbose, no_color)
    label = Text("Đang kiểm lại", "Verifying")
    found = run.working(label, lambda: pipeline.verify(Path(result), files))
    from thidua_cli.present.verify import render_verify

    text = render_verify(found, format_, lang)
    place.write_csv(text) if format_ is VerifyFormat.CSV else place.write(text)
    return exit_status.FINDINGS if found.differences else exit_status.DONE


app = single("verify", verify, HELP)
