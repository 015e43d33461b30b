"""`thidua verify`: a result taken again by a second implementation and from the files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from thidua_cli import pipeline
from thidua_cli.cli import exit_status
from thidua_cli.cli.declared import argument
from thidua_cli.cli.grouping import grouped, single
from thidua_cli.cli.options import LIST_FORMATS, Files, ListFormat
from thidua_cli.cli.output import Offer, counted
from thidua_cli.cli.run import OutputOptions, Run
from thidua_cli.cli.run_files import FileMark
from thidua_cli.cli.speech import said
from thidua_cli.language import Text

HELP = said(
    """Ví dụ:

    \b
    thidua eligible *.xlsx --rules qd-666-ttg --as-of 2024 -o ket-qua.json
    thidua verify ket-qua.json *.xlsx

    Kiểm lại một kết quả: tính lại từng kết luận bằng cách thứ hai, độc lập, từ số liệu ghi trong kết quả, và đọc lại
    từng ô nguồn trong tệp. Nêu mọi chỗ khác (mã kết thúc 1).""",
    """Example:

    \b
    thidua eligible *.xlsx --rules qd-666-ttg --as-of 2024 -o result.json
    thidua verify result.json *.xlsx

    Take a result again: every verdict by a second, independent implementation from the figures in the result, and
    every cell from the files. Names whatever differs (exit status 1).""",
)


Result = Annotated[
    str,
    argument(
        metavar="RESULT",
        help=said("Kết quả .json của thidua eligible hoặc targets.", "A .json of thidua eligible or targets."),
    ),
    FileMark.READS,
]


@grouped
def verify(*, result: Result, files: Files, format_: ListFormat = None, to: OutputOptions, run: Run) -> int:
    """Print what differs; the exit status is 1 where anything does, or where not all was taken again."""
    place = to.destination(format_, Offer.of(LIST_FORMATS))
    label = Text("Đang kiểm lại", "Verifying")
    verified = run.working(label, lambda: pipeline.verify(Path(result), files))
    from thidua_cli.present.verify.view import verify_view

    run.show(verify_view(verified), place, counted(len(verified.differences), "chỗ khác", "difference"))
    return exit_status.DONE if verified.is_proven else exit_status.FINDINGS


app = single("verify", verify, HELP)
