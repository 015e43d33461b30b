"""`thidua rules`: which criteria there are, what one says, whether a file of one's own can be used."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from thidua_cli.cli.commands import CONTEXT, Command, Group
from thidua_cli.cli.options import Classes, Force, Lang, NoColor, Output, Quiet, Verbose, said
from thidua_cli.cli.output import target
from thidua_cli.language import Language
from thidua_cli.present.rules_view import RulesFormat, present_list, present_rulebook, present_sound
from thidua_cli.rulebook.classes import load_classes
from thidua_cli.rulebook.load import bundled_ids, load_rulebook

HELP = said(
    """Ví dụ:

    \b
    thidua rules list
    thidua rules show qd-666-ttg
    thidua rules check ke-hoach-tinh.toml

    Xem và kiểm tra các bộ tiêu chí.""",
    """Examples:

    \b
    thidua rules list
    thidua rules show qd-666-ttg
    thidua rules check my-plan.toml

    List, read and check the rule files.""",
)
LIST_HELP = said(
    """Ví dụ: thidua rules list

    Liệt kê các bộ tiêu chí có sẵn.""",
    """Example: thidua rules list

    List the bundled rule files.""",
)
SHOW_HELP = said(
    """Ví dụ:

    \b
    thidua rules show qd-666-ttg
    thidua rules show ke-hoach-tinh.toml
    thidua rules show qd-666-ttg --format markdown -o tieu-chi.md

    Xem một bộ tiêu chí: đối tượng, công thức, mức yêu cầu, cách hiểu, điều khoản, tiêu chí phải xác nhận
    và danh mục kèm theo đầy đủ đến đâu.""",
    """Examples:

    \b
    thidua rules show qd-666-ttg
    thidua rules show my-plan.toml
    thidua rules show qd-666-ttg --format markdown -o criteria.md

    Read one rule file: subjects, formulas, thresholds, readings, clauses, criteria to attest,
    and how complete the class lists are.""",
)
CHECK_HELP = said(
    """Ví dụ: thidua rules check ke-hoach-tinh.toml

    Kiểm tra một tệp quy tắc; nêu tệp, dòng và khóa sai đầu tiên (mã kết thúc 3).""",
    """Example: thidua rules check my-plan.toml

    Check a rule file; names file, line and key of the first mistake (exit status 3).""",
)

app = typer.Typer(
    cls=Group, help=HELP, no_args_is_help=True, rich_markup_mode=None, add_completion=False, context_settings=CONTEXT
)

Layout = Annotated[RulesFormat, typer.Option("--format", "-f", help=said("Dạng kết quả.", "Format of the result."))]


@app.command(
    "list", cls=Command, help=LIST_HELP, short_help=said("Liệt kê các bộ tiêu chí.", "List the bundled rule files.")
)
def list_rules(
    format_: Layout = RulesFormat.TABLE,
    output: Output = None,
    force: Force = False,
    lang: Lang = Language.VI,
    quiet: Quiet = False,
    verbose: Verbose = False,
    no_color: NoColor = False,
) -> None:
    """Print one row per bundled rule file."""
    del quiet, verbose, no_color  # there is nothing to say beside the list, and nothing to colour
    place = target(output, force)
    books = [load_rulebook(known) for known in bundled_ids()]
    place.write(present_list(books, format_, lang) + "\n")


@app.command("show", cls=Command, help=SHOW_HELP, short_help=said("Xem một bộ tiêu chí.", "Read one rule file."))
def show_rules(
    rules: Annotated[
        str, typer.Argument(metavar="ID", help=said("Mã bộ tiêu chí hoặc tệp .toml.", "An id or a .toml path."))
    ],
    classes: Classes = None,
    format_: Layout = RulesFormat.TABLE,
    output: Output = None,
    force: Force = False,
    lang: Lang = Language.VI,
    quiet: Quiet = False,
    verbose: Verbose = False,
    no_color: NoColor = False,
) -> None:
    """Print one rule file, whole."""
    del quiet, verbose, no_color  # there is nothing to say beside the page, and nothing to colour
    place = target(output, force, [rules, *(classes or ())])
    book = load_rulebook(rules)
    coverage = load_classes([Path(file) for file in classes or ()]).coverage()
    place.write(present_rulebook(book, coverage, format_, lang) + "\n")


@app.command("check", cls=Command, help=CHECK_HELP, short_help=said("Kiểm tra một tệp quy tắc.", "Check a rule file."))
def check_rules(
    file: Annotated[str, typer.Argument(metavar="FILE", help=said("Tệp .toml.", "A .toml file."))],
    output: Output = None,
    force: Force = False,
    lang: Lang = Language.VI,
    quiet: Quiet = False,
    verbose: Verbose = False,
    no_color: NoColor = False,
) -> None:
    """Say whether a rule file can be used."""
    del quiet, verbose, no_color  # the one sentence is the result
    place = target(output, force, [file])
    place.write(present_sound(load_rulebook(file), lang) + "\n")
