"""`thidua report --overview`: one page of all units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Final

from thidua_cli import pipeline
from thidua_cli.cli.declared import option
from thidua_cli.cli.output import Destination, Offer, counted, destination
from thidua_cli.cli.run import Run
from thidua_cli.cli.speech import said
from thidua_cli.errors import UsageError
from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.normalise.files_read import FilesRead

if TYPE_CHECKING:
    from thidua_cli.inputs import Inputs
    from thidua_cli.results import Overview

OverviewOption = Annotated[
    bool,
    option("--overview", help=said("Một trang web của mọi đơn vị, dùng không cần mạng.", "One page of all units.")),
]
_PAGE: Final = Offer({"html": ".html"}, "html")


def refuse_beside_overview(of_unit: str | None, each: str | None) -> None:
    """Refuse what chooses units, where all stand on one page.

    Raises:
        UsageError: A unit or a tier is named.
    """
    if of_unit is not None or each is not None:
        raise UsageError(
            Text(
                "--overview là một trang của mọi đơn vị: bỏ --unit, --each",
                "--overview is one page of all units: leave out --unit and --each",
            )
        )


def overview_place(output: str, force: bool, asked: str | None) -> Destination:
    """Return where the page goes, refused at once where it must not be written to.

    Raises:
        UsageError: The name of the file or --format is that of another format.
        OutputError: As `Destination.hold`.
    """
    if asked not in (None, "html"):
        text = Text(
            "--overview chỉ ghi trang web (html), không ghi {asked}", "--overview is a page (html), not {asked}"
        )
        raise UsageError(text.fill(asked=asked))
    return destination(output, force, _PAGE, asked)


def overview_of(inputs: Inputs, as_of: int | None, reading: FilesRead, findings: Sequence[Finding]) -> Overview:
    """Return what the page shows."""
    return pipeline.overview(reading, findings, inputs, as_of)


def show_overview(overview: Overview, *, place: Destination, run: Run) -> None:
    """Write the page."""
    from thidua_cli.present.overview.page import overview_page

    page = overview_page(overview, run.office, run.language)
    run.write(page, place, counted(len(overview.eligible.verdicts), "đơn vị", "unit"))
    run.mention_attested(overview.eligible.attested_elsewhere)
