"""`thidua rules`: which criteria there are, what one says, whether a file of one's own can be used."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from thidua_cli.cli.commands import Command, command_group, grouped
from thidua_cli.cli.declared import argument, option
from thidua_cli.cli.offers import offer_rule_files
from thidua_cli.cli.options import LIST_FORMATS, PAGE_FORMATS, Classes, Format, ListFormat, PageFormat, paths
from thidua_cli.cli.output import Destination, Offer, counted
from thidua_cli.cli.run import OutputOptions, Run
from thidua_cli.cli.run_files import FileMark
from thidua_cli.cli.speech import said
from thidua_cli.inputs import load_class_book
from thidua_cli.language import Text
from thidua_cli.present.rules.check import sound_view
from thidua_cli.present.rules.view import rulebook_view, rulebooks_view
from thidua_cli.present.toolkit import terminal
from thidua_cli.present.toolkit.terminal import PAGE_WIDTH
from thidua_cli.rulebook.load import bundled_ids, example_ids, load_rulebook

HELP = said(
    """Ví dụ:

    \b
    thidua rules list
    thidua rules show qd-666-ttg
    thidua rules check ke-hoach-tinh.toml
    thidua rules new --from nghe-an-834 -o ke-hoach-tinh.toml

    Xem, kiểm tra, so sánh và soạn các bộ tiêu chí, chỉ tiêu.""",
    """Examples:

    \b
    thidua rules list
    thidua rules show qd-666-ttg
    thidua rules check my-plan.toml
    thidua rules new --from nghe-an-834 -o my-plan.toml

    List, read, check, compare and draft rule files.""",
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
    thidua rules show qd-666-ttg -o tieu-chi.md

    Xem một bộ tiêu chí: đối tượng, công thức, mức yêu cầu, cách hiểu, điều khoản, tiêu chí phải xác nhận
    và danh mục kèm theo đầy đủ đến đâu.""",
    """Examples:

    \b
    thidua rules show qd-666-ttg
    thidua rules show my-plan.toml
    thidua rules show qd-666-ttg -o criteria.md

    Read one rule file: subjects, formulas, thresholds, readings, clauses, criteria to attest,
    and how complete the class lists are.""",
)
CHECK_HELP = said(
    """Ví dụ: thidua rules check ke-hoach-tinh.toml

    Kiểm tra một tệp quy tắc: nêu những gì đã đúng và nên xem lại; sai thì nêu tệp, dòng và khóa sai đầu tiên
    (mã kết thúc 3).""",
    """Example: thidua rules check my-plan.toml

    Check a rule file: says what is right and what is worth a look, or names file, line and key of the first mistake
    (exit status 3).""",
)
DIFF_HELP = said(
    """Ví dụ:

    \b
    thidua rules diff nghe-an-834 ke-hoach-tinh.toml
    thidua rules diff ban-cu.toml ban-moi.toml -o thay-doi.md

    So sánh hai bộ quy tắc theo từng điều khoản (cùng mã là cùng điều khoản).""",
    """Examples:

    \b
    thidua rules diff nghe-an-834 my-plan.toml
    thidua rules diff old.toml new.toml -o changes.md

    Compare two rule files clause by clause (the same id is the same clause).""",
)
NEW_HELP = said(
    """Ví dụ:

    \b
    thidua rules new --from nghe-an-834 -o ke-hoach-tinh.toml           bản sao có chú thích để sửa
    thidua rules new --from qd-666-ttg --within 45 -o quang-tri.toml    dựa vào bộ có sẵn, chỉ ghi mức riêng

    Viết một tệp quy tắc mới để sửa thành kế hoạch của mình.""",
    """Examples:

    \b
    thidua rules new --from nghe-an-834 -o my-plan.toml                 a commented copy to change
    thidua rules new --from qd-666-ttg --within 45 -o quang-tri.toml    builds on a file, states own figures only

    Write a new rule file to be made into a plan of one's own.""",
)

LINES_HELP = said(
    """Ví dụ:

    \b
    thidua rules lines
    thidua rules lines -o chuan-ngheo.csv

    Liệt kê các chuẩn nghèo: mã để ghi sau --poverty-line, thời gian áp dụng, văn bản, mức thu nhập.""",
    """Examples:

    \b
    thidua rules lines
    thidua rules lines -o lines.csv

    List the poverty lines: the id for --poverty-line, days, decree and incomes.""",
)

app = command_group(HELP)


@app.command(
    "list", cls=Command, help=LIST_HELP, short_help=said("Liệt kê các bộ tiêu chí.", "List the bundled rule files.")
)
@grouped
def list_rules(
    *,
    format_: PageFormat = None,
    to: OutputOptions,
    run: Run,
) -> None:
    """Print one row per bundled rule file."""
    place = to.destination(format_, Offer.of(PAGE_FORMATS))
    books = [load_rulebook(known) for known in bundled_ids()]
    examples = [load_rulebook(known) for known in example_ids()]
    holds = counted(len(books) + len(examples), "bộ quy tắc", "rule file")
    run.show(rulebooks_view(books, examples), place, holds, _width(place), color=False)


@app.command("show", cls=Command, help=SHOW_HELP, short_help=said("Xem một bộ tiêu chí.", "Read one rule file."))
@grouped
def show_rules(
    *,
    rules: Annotated[
        str,
        argument(
            metavar="ID",
            autocompletion=offer_rule_files,
            help=said("Mã bộ tiêu chí hoặc tệp .toml.", "An id or a .toml path."),
        ),
        FileMark.READS,
    ],
    classes: Classes = None,
    format_: PageFormat = None,
    to: OutputOptions,
    run: Run,
) -> None:
    """Print one rule file, whole."""
    place = to.destination(format_, Offer.of(PAGE_FORMATS))
    book = load_rulebook(rules)
    coverage = load_class_book(paths(classes)).coverage()
    run.show(rulebook_view(book, coverage), place, _one_rule_file(book.id), _width(place), color=False)


@app.command("check", cls=Command, help=CHECK_HELP, short_help=said("Kiểm tra một tệp quy tắc.", "Check a rule file."))
@grouped
def check_rules(
    *,
    file: Annotated[str, argument(metavar="FILE", help=said("Tệp .toml.", "A .toml file.")), FileMark.READS],
    to: OutputOptions,
    run: Run,
) -> None:
    """Say whether a rule file can be used."""
    place = to.destination(offer=Offer.of([Format.TABLE]))
    book = load_rulebook(file)
    run.show(sound_view(book), place, _one_rule_file(book.id), _width(place), color=False)


RuleFile = said("Mã bộ quy tắc hoặc tệp .toml.", "An id or a .toml path.")


@app.command("diff", cls=Command, help=DIFF_HELP, short_help=said("So sánh hai bộ quy tắc.", "Compare two rule files."))
@grouped
def diff_rules(
    *,
    first: Annotated[str, argument(metavar="A", autocompletion=offer_rule_files, help=RuleFile), FileMark.READS],
    second: Annotated[str, argument(metavar="B", autocompletion=offer_rule_files, help=RuleFile), FileMark.READS],
    format_: PageFormat = None,
    to: OutputOptions,
    run: Run,
) -> None:
    """Print what two rule files say differently."""
    from thidua_cli.present.rules.differences import difference_view

    place = to.destination(format_, Offer.of(PAGE_FORMATS))
    books = load_rulebook(first), load_rulebook(second)
    holds = Text("khác biệt giữa {first} và {second}", "what differs between {first} and {second}")
    run.show(difference_view(*books), place, holds.fill(first=first, second=second), _width(place), color=False)


@app.command("new", cls=Command, help=NEW_HELP, short_help=said("Soạn một tệp quy tắc mới.", "Draft a new rule file."))
@grouped
def new_rules(
    *,
    from_: Annotated[
        str, option("--from", metavar="ID", autocompletion=offer_rule_files, help=RuleFile), FileMark.READS
    ],
    within: Annotated[
        list[str] | None,
        option(
            "--within",
            metavar="CODE",
            help=said(
                "Mã tỉnh, huyện của mình: viết tệp dựa vào ID thay vì bản sao.",
                "Code of one's own place: writes a file that extends ID instead of a copy.",
            ),
        ),
    ] = None,
    to: OutputOptions,
    run: Run,
) -> None:
    """Write a new rule file from an existing one."""
    from thidua_cli.rulebook.draft import draft_copy, draft_extension

    place = to.destination(offer=Offer({"toml": ".toml"}, "toml"))
    file = Path(str(place.output)) if place.is_file else None
    draft = draft_extension(from_, within, file, run.language) if within else draft_copy(from_, file, run.language)
    run.write(draft, place, Text("bộ quy tắc soạn từ {id}", "a rule file drafted from {id}").fill(id=from_))


def _one_rule_file(name: str) -> Text:
    return Text(f"bộ quy tắc {name}", f"the rule file {name}")


@app.command(
    "lines", cls=Command, help=LINES_HELP, short_help=said("Liệt kê các chuẩn nghèo.", "List the poverty lines.")
)
@grouped
def list_lines(
    *,
    format_: ListFormat = None,
    to: OutputOptions,
    run: Run,
) -> None:
    """Print one row per poverty line."""
    from thidua_cli.present.rules.lines import lines_view
    from thidua_cli.rulebook.lines import poverty_lines

    place = to.destination(format_, Offer.of(LIST_FORMATS))
    lines = tuple(poverty_lines().values())
    run.show(lines_view(lines), place, counted(len(lines), "chuẩn nghèo", "poverty line"), _width(place), color=False)


def _width(place: Destination) -> int:
    """Return the columns a page is laid out for; lines wider than a page are hard to read."""
    return PAGE_WIDTH if place.is_file else min(terminal.width_of(sys.stdout, PAGE_WIDTH), 120)
