"""Hostile texts through every view and format of every command: none comes out raw, and none hides an answer."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, Final, Literal

import openpyxl
import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.cli.program import Outcome, thidua
from tests.present.hostile import RAW, TEXTS, markers, raw_in_csv, raw_in_json, raw_on_a_screen, shown_in
from tests.present.planted import COMMUNE, VILLAGE, Planted, plant
from thidua_cli import pipeline
from thidua_cli.cli.output import Destination
from thidua_cli.cli.program import app
from thidua_cli.inputs import load_inputs
from thidua_cli.language import Language
from thidua_cli.present.toolkit import markdown_text
from thidua_cli.present.toolkit.foreign_text import steers, visible, visible_lines
from thidua_cli.present.toolkit.render import FORMATS, render
from thidua_cli.present.verdicts.view import eligible_view

LANGUAGES: Final = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Feeding:
    """One way to ask a command for its answer over planted files."""

    command: str
    arguments: Sequence[str]
    """With {names} of planted files."""
    fewest: int
    """Texts that must be seen in the output, in whatever form: a feeding that shows none proves nothing."""
    formats: Sequence[str] = ()
    """Where the command has no --format: what it writes; else all that it offers."""


TRACES: Final = ("table", "markdown", "csv", "json", "docx", "html", "pdf")
JUDGED: Final = ("--rules", "{rules}", "--as-of", "2024")
FEEDINGS: Final = (
    Feeding("check", ("{form}", "{book}", "--all", "--waive", "{waivers}", "--since", "{since}"), 60),
    Feeding("check", ("{data}", "{form}", "{data}"), 20),
    Feeding("rates", ("{data}",), 60),
    Feeding("targets", ("{data}", *JUDGED), 60),
    Feeding("eligible", ("{data}", *JUDGED, "--classes", "{classes}", "--attest", "{attest}"), 60),
    Feeding("eligible", ("{data}", "{form}", *JUDGED, "--trace", VILLAGE, "--attest", "{attest}"), 3, TRACES),
    Feeding("attest template", ("{data}", *JUDGED), 60, ("xlsx",)),
    Feeding("report", ("{data}", *JUDGED, "--unit", VILLAGE, "--attest", "{attest}"), 10),
    Feeding("export", ("{data}", *JUDGED, "--attest", "{attest}"), 60, ("xlsx",)),
    Feeding("verify", ("{result}", "{data}"), 1),
    Feeding("import", ("{form}", "{book}", "--show-layout"), 60),
    Feeding("template", ("--unit", "505", "--year", "2024"), 0, ("xlsx",)),
    Feeding("explain", ("--all",), 0),
    Feeding("rules list", (), 0),
    Feeding("rules show", ("{rules}", "--classes", "{classes}"), 60),
    Feeding("rules check", ("{rules}",), 1, ("table",)),
    Feeding("rules diff", ("{rules}", "{other_rules}"), 60),
    Feeding("rules lines", (), 0),
    Feeding("classes list", ("--classes", "{classes}"), 0),
    Feeding("classes show", (COMMUNE, "--classes", "{classes}"), 1),
    Feeding("classes check", ("{classes}",), 0),
    Feeding("classes new", ("--unit", "504", "--year", "2024"), 0, ("xlsx",)),
    Feeding("config show", (), 0),
    Feeding("units find", ("Trà Don",), 0),
    Feeding("units list", ("--within", "505"), 0),
    Feeding("units show", ("505",), 0),
    Feeding("units history", ("505",), 0),
    Feeding("units diff", ("2024-12-31", "2025-07-01", "--within", "49"), 0),
)
EXACT: Final = {"import", "rules new", "mapping new", "init"}
"""What writes a table, rule or mapping file that is read back: there every text stays as it is, but on a terminal."""


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    return plant(tmp_path_factory.mktemp("planted"))


def leaves(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Yield every command of the program that does something, with the words it is called by."""
    if not hasattr(command, "list_commands"):
        yield " ".join(path), command
        return
    context = typer.Context(command)
    for name in command.list_commands(context):
        yield from leaves(command.get_command(context, name), (*path, name))


COMMANDS: Final = dict(leaves(typer.main.get_command(app)))


def offered(command: str) -> tuple[str, ...]:
    """Return the formats that a command offers by --format."""
    options = [each for each in COMMANDS[command].params if "--format" in each.opts]
    return tuple(
        str(choice.value if hasattr(choice, "value") else choice) for each in options for choice in each.type.choices
    )


def cases() -> list[tuple[Feeding, str, str]]:
    return [
        (feeding, format_, language)
        for feeding in FEEDINGS
        for format_ in (feeding.formats or offered(feeding.command))
        for language in LANGUAGES
    ]


def words(arguments: Sequence[str], planted: Planted) -> list[str]:
    named = {name: str(getattr(planted, name)) for name in Planted.__slots__}
    return [word.format_map(named) if re.fullmatch(r"\{\w+\}", word) else word for word in arguments]


def fed(feeding: Feeding, format_: str, language: str, planted: Planted, folder: Path) -> tuple[Outcome, str | bytes]:
    """Run a feeding; return how it went, and what came out in its format."""
    path = folder / f"ra{FORMATS[format_].suffix}"
    into_file = FORMATS[format_].is_binary or feeding.command == "report"
    has_option = format_ in offered(feeding.command)
    asked = ("-o", path, "--force") if into_file else ("--format", format_) if has_option else ()
    outcome = thidua(*feeding.command.split(), *words(feeding.arguments, planted), *asked, "--lang", language)
    if not into_file:
        return outcome, outcome.text
    content = path.read_bytes()
    return outcome, content if FORMATS[format_].is_binary else content.decode()


def test_every_command_and_format_is_fed() -> None:
    assert {feeding.command for feeding in FEEDINGS} | EXACT == set(COMMANDS)
    assert {format_ for _, format_, _ in cases()} == set(FORMATS) == set(RAW)
    print(f"{len(cases())} outputs of {len(COMMANDS)} commands in {len(FORMATS)} formats × {len(TEXTS)} texts")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("feeding", FEEDINGS, ids=lambda feeding: f"{feeding.command} {len(feeding.arguments)}")
def test_no_text_comes_out_raw(feeding: Feeding, language: str, planted: Planted, tmp_path: Path) -> None:
    formats = feeding.formats or offered(feeding.command)
    assert formats
    for format_ in formats:
        outcome, output = fed(feeding, format_, language, planted, tmp_path)
        assert outcome.status in (0, 1, 2, 3), outcome.err
        assert list(RAW[format_](output)) == [], format_
        assert list(raw_on_a_screen(outcome.err)) == []
        assert len(markers(shown_in(format_, output))) >= feeding.fewest, format_


def test_what_a_program_reads_holds_every_text_as_it_is(planted: Planted) -> None:
    document = json.loads(thidua("rates", planted.data, "--format", "json").text)
    assert {row["unit_name"].strip() for row in document["rows"]} >= {text.strip() for text in TEXTS}


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_canonical_table_is_read_back_without_loss_and_runs_nothing(
    suffix: str, planted: Planted, tmp_path: Path
) -> None:
    path = tmp_path / f"chuan{suffix}"
    assert thidua("import", planted.data, "-o", path).status == 0
    assert thidua("rates", path, "--format", "json") == thidua("rates", planted.data, "--format", "json")
    if suffix == ".csv":
        assert list(raw_in_csv(path.read_text("utf-8"))) == []
        assert list(raw_in_json((tmp_path / "chuan.csv.provenance.json").read_text("utf-8"))) == []


class _Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_what_is_exact_in_a_file_is_visible_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for content in ("\n".join(TEXTS), "\n".join(TEXTS).encode()):
        terminal = _Terminal()
        monkeypatch.setattr("sys.stdout", terminal)
        Destination(None, force=False, format_="csv").write(content)
        assert markers(terminal.getvalue()) == markers("".join(TEXTS))
        assert list(raw_on_a_screen(terminal.getvalue())) == []


@pytest.mark.parametrize("name", ["form", "book"])
def test_an_annotated_copy_shows_every_text_in_what_it_adds(name: str, planted: Planted, tmp_path: Path) -> None:
    thidua("check", getattr(planted, name), "--annotate", tmp_path / "ban-sao")
    (copy,) = (tmp_path / "ban-sao").iterdir()
    book = openpyxl.load_workbook(copy)
    added = [str(cell.value or "") for row in book.worksheets[-1].iter_rows() for cell in row]
    added += [cell.comment.text for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment]
    assert len(markers("".join(added))) > 60
    assert [raw for text in added for raw in raw_on_a_screen(text)] == []


WRONG: Final = "\n".join(TEXTS)
WRONG_LINES: Final = (
    ("check", WRONG),
    ("check", "{data}", "--unit", WRONG),
    ("check", "{data}", "--within", WRONG),
    ("check", "{data}", "--poverty-line", WRONG),
    ("check", "{data}", "--format", WRONG),
    ("check", "{data}", "--year", WRONG),
    ("check", "{data}", f"--{WRONG}"),
    ("check", "{data}", "-o", f"{WRONG[:40]}/x.csv"),
    ("check", "{data}", "-o", f"x.{WRONG[:40]}"),
    ("check", "{form}", "--mapping", "{mapping}"),
    ("check", "{form}", "--waive", "{rules}"),
    ("check", "{form}", "--since", "{data}"),
    ("rates", "{data}", "--boundaries", WRONG),
    ("rates", "{data}", "--shares", "{data}"),
    ("targets", "{data}", "--rules", WRONG, "--as-of", "2024"),
    ("eligible", "{data}", *JUDGED, "--reading", WRONG),
    ("eligible", "{data}", *JUDGED, "--trace", WRONG),
    ("eligible", "{data}", *JUDGED, "--classes", "{data}"),
    ("eligible", "{data}", *JUDGED, "--attest", "{book}"),
    ("report", "{data}", "--unit", WRONG, "-o", "x.md"),
    ("verify", "{since}", "{data}"),
    ("verify", "{rules}", WRONG),
    ("import", "{data}", "-o", WRONG[:60]),
    ("template", "--unit", WRONG, "--year", "2024", "-o", "x.xlsx"),
    ("explain", WRONG),
    ("rules", "show", WRONG),
    ("rules", "check", "{data}"),
    ("rules", "diff", "{rules}", WRONG),
    ("rules", "new", "--from", WRONG),
    ("units", "find", WRONG),
    ("units", "show", WRONG),
    ("units", "history", WRONG),
    ("units", "diff", WRONG, "2025-07-01"),
    ("units", "show", "505", "--on", WRONG),
    (WRONG,),
    ("units", WRONG),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_argument_comes_back_raw(
    language: str, planted: Planted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("THIDUA_LANG", language)
    seen = 0
    for line in WRONG_LINES:
        outcome = thidua(*words(line, planted))
        assert outcome.status in (0, 1, 2, 3), line[:2]
        assert list(raw_on_a_screen(outcome.err + outcome.text)) == [], line[:2]
        # no line of a text begins where messages of ours do
        assert all(re.match(r"  |lỗi|error|cảnh báo|warning|\D", message) for message in outcome.err.splitlines())
        seen += bool(markers(outcome.err))
    assert seen > len(WRONG_LINES) * 3 // 4


@pytest.mark.parametrize("color", [False, True])
@pytest.mark.parametrize("width", [60, 160])
def test_no_name_hides_an_answer(planted: Planted, width: int, color: bool) -> None:
    reading = pipeline.read([str(planted.data)])
    result = pipeline.eligible(reading, load_inputs("qd-666-ttg"), 2024)
    shown = re.sub(r"\x1b\[[\d;]*m", "", str(render(eligible_view(result), "table", Language.VI, width, color)))
    lines = shown.split("\n")
    named = [(index, line) for index, line in enumerate(lines) if markers(line) and not line.startswith("    ")]
    assert len({marker for _, line in named for marker in markers(line)}) == len(TEXTS)
    for index, line in named:
        assert "Không đạt" in (line if width == 160 else lines[index + 1])
        assert list(raw_on_a_screen(line)) == []


@given(st.text())
def test_what_is_visible_steers_nothing_and_stays_so(text: str) -> None:
    for shown in (visible(text), *visible_lines(text).split("\n")):
        assert not any(map(steers, shown))
        assert visible(shown) == shown


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_vietnamese_and_wide_letters_stay_as_they_are(form: Literal["NFC", "NFD"]) -> None:
    text = unicodedata.normalize(form, "Xã Trà Đôn, huyện Nam Trà My – “Tỷ lệ” ≥ 50% · ẾỘỮỶ 西寧")
    assert visible(text) == text


def inline_text(source: str) -> str:
    """Return what a reader of Markdown sees of a page that must be one paragraph without any markup."""
    opening, inline, closing = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(source)
    assert (opening.type, inline.type, closing.type) == ("paragraph_open", "inline", "paragraph_close")
    assert {child.type for child in inline.children or ()} <= {"text", "text_special"}
    return "".join(child.content for child in inline.children or ())


@given(st.text(alphabet="ab 1.)*_[]`<>&#;~!()|\\-+=/:x\"'") | st.sampled_from(TEXTS))
def test_a_reader_of_markdown_sees_the_text_and_no_markup(text: str) -> None:
    shown = visible(text).strip()
    if shown:
        assert inline_text(markdown_text.line(text)) == shown
        (_, inside, _) = MarkdownIt("commonmark").enable("strikethrough").parse(f"# {markdown_text.heading(text)}\n")
        assert "".join(child.content for child in inside.children or ()) == shown
        bold = MarkdownIt("commonmark").parse(f"- {markdown_text.bold(text)}: x")
        assert [child.content for child in bold[3].children or () if child.content] == [shown, ": x"]
