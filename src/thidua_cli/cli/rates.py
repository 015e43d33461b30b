"""`thidua rates`: counts, rates, yearly and three-year falls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from thidua_cli import pipeline
from thidua_cli.cli.answer_options import AnswerOptions
from thidua_cli.cli.commands import grouped, single
from thidua_cli.cli.level_option import OneLevel
from thidua_cli.cli.options import as_of_option
from thidua_cli.cli.output import counted
from thidua_cli.cli.speech import said
from thidua_cli.findings import Finding
from thidua_cli.model import Measure
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.results import RatesResult

HELP = said(
    """Ví dụ:

    \b
    thidua rates dong-giang/*.xlsx                          bốn năm của một huyện
    thidua rates *.xlsx --measure poor --level commune      chỉ hộ nghèo, chỉ cấp xã
    thidua rates *.xlsx -o ty-le.xlsx

    Tính số hộ, tỷ lệ, mức giảm từng năm và ba năm (điểm %), mức giảm số hộ so với đầu kỳ (cuối năm 2021).
    Mặc định là nghèo đa chiều: hộ nghèo + hộ cận nghèo trên tổng số hộ.""",
    """Examples:

    \b
    thidua rates dong-giang/*.xlsx                          four years of a district
    thidua rates *.xlsx --measure poor --level commune      poor only, communes only
    thidua rates *.xlsx -o rates.xlsx

    Counts, rates, yearly and three-year falls (percentage points), and the fall of the count since the baseline
    (end of 2021). By default multidimensional: poor + near-poor over all households.""",
)


Counted = Annotated[Measure, typer.Option("--measure", help=said("Chỉ số được tính.", "What is counted."))]
LastYear = Annotated[int | None, as_of_option("Năm cuối được tính.", "The last year shown.")]


@grouped
def rates(
    *,
    measure: Counted = Measure.MULTIDIMENSIONAL,
    level: OneLevel = None,
    as_of: LastYear = None,
    asked: AnswerOptions,
) -> int:
    """Print the rates of every unit of the files."""
    place = asked.destination()
    boundaries = asked.boundaries.load()

    def show(result: RatesResult) -> None:
        from thidua_cli.present.rates.view import rates_view

        asked.run.show(rates_view(result), place, counted(len(result.table.rows), "đơn vị", "unit"))

    def of_files(reading: FilesRead, findings: Sequence[Finding]) -> RatesResult:
        return pipeline.rates(reading, boundaries, measure, as_of, level, findings)

    return asked.answer(asked.accepted.load(), of_files, show)


app = single("rates", rates, HELP)
