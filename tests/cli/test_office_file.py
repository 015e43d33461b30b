"""`thidua.toml`: what it sets, what is typed before it, what a result records of it, and what of it is refused."""

from __future__ import annotations

import hashlib
import json
import os
import pty
import re
import sys
import tomllib
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import openpyxl
import pytest

import thidua_cli
from loaded_modules import imports_of
from tests.cli.every_option import TABLES, commands
from tests.cli.program import CLASSES, TOP, Outcome, in_own_process, thidua
from tests.present.hostile import MARKUP, RAW, UNSEEN, markers
from tests.present.test_views import schema
from thidua_cli.cli.office_file.office_parts import OFFICE_READERS
from thidua_cli.cli.office_file.place import OfficeFilePlace, nearest_file
from thidua_cli.cli.office_file.reading import read_office_file
from thidua_cli.cli.office_file.settings import DATE, DEFAULTS, OFFICE_PARTS, SETTINGS
from thidua_cli.cli.office_file.using import settings_of
from thidua_cli.cli.office_file.values import READERS
from thidua_cli.cli.run import Run
from thidua_cli.office import NO_OFFICE, Office

COMMANDS = commands()
"""All are loaded here: help texts are chosen once, and not in the language that a file of these tests asks for."""
JUDGED = '[defaults]\nrules = "qd-666-ttg"\nas_of = 2024\n'


@pytest.fixture(autouse=True)
def below(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder below that of the file; the tables lie there."""
    folder = tmp_path / "van-phong" / "nam-2024"
    folder.mkdir(parents=True)
    (folder / "tables.csv").write_text(TABLES, "utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.delenv("THIDUA_LANG", raising=False)
    return folder


def says(text: str, folder: Path | None = None) -> Path:
    """Write the file, by default into the folder above the current one."""
    path = (folder or Path.cwd().parent) / "thidua.toml"
    path.write_text(text, "utf-8")
    return path


def judged(*arguments: str | Path) -> dict[str, Any]:
    outcome = thidua("eligible", "tables.csv", *arguments, "--format", "json")
    assert outcome.status in (0, 1), outcome.err
    document: dict[str, Any] = json.loads(outcome.out)
    return document


def refused(text: str) -> str:
    says(text)
    outcome = thidua("check", "tables.csv")
    assert outcome.status == 3
    assert outcome.out == b""
    return outcome.err


def test_the_file_is_found_from_a_folder_below_and_told_in_one_line_with_what_it_set() -> None:
    path = says(f'{JUDGED}plan = "khong-dung.csv"\n')
    outcome = thidua("eligible", "tables.csv")
    assert outcome.status == 0
    assert outcome.err.splitlines()[0] == f"Theo {path}: --rules qd-666-ttg, --as-of 2024."


def test_the_nearest_file_alone_counts() -> None:
    says('[defaults]\nlang = "en"\n')
    says(JUDGED, Path.cwd())
    assert thidua("eligible", "tables.csv").err.startswith("Theo thidua.toml: --rules")


def test_quiet_says_nothing_of_it() -> None:
    says(JUDGED)
    assert thidua("eligible", "tables.csv", "-q").err == ""


def test_a_command_that_takes_nothing_of_it_says_nothing_of_it() -> None:
    says(JUDGED)
    assert thidua("explain", "S001").err == ""


def test_what_is_typed_goes_before_the_file() -> None:
    says('[defaults]\nrules = "qd-666-ttg"\nas_of = 2020\nreading = "average"\nfail_on = "note"\n')
    document = judged("--as-of", "2024", "--reading", "relative")
    assert document["as_of"] == 2024
    assert document["limits"]["readings"] == ["relative"]
    assert document["limits"]["config"]["options"] == ["rules", "fail_on"]


def test_the_environment_goes_before_the_file_and_what_is_typed_before_both(monkeypatch: pytest.MonkeyPatch) -> None:
    says('[defaults]\nlang = "en"\n')
    assert "No findings" in thidua("check", "sach.csv").text or thidua("check", "tables.csv").err.startswith("From")
    monkeypatch.setenv("THIDUA_LANG", "vi")
    assert thidua("check", "tables.csv").err == ""
    assert "lang" not in thidua("check", "tables.csv", "--lang", "en").err


def test_the_language_of_the_file_is_that_of_help_and_of_what_is_refused(below: Path) -> None:
    says('[defaults]\nlang = "en"\n')
    assert in_own_process(["check", "-h"], cwd=below).text.startswith("Usage:")
    assert in_own_process(["check"], cwd=below).err.startswith("error:")
    assert in_own_process(["check", "-h", "--no-config"], cwd=below).text.startswith("Cách dùng:")
    assert thidua("check").err.startswith("error:")


def test_every_kind_of_value_is_taken_as_the_option_takes_it() -> None:
    says(
        '[defaults]\nrules = "qd-666-ttg"\nas_of = 2024\nwithin = "49"\npoverty_line = "2022-2025"\n'
        'boundaries = "30/06/2025"\nreading = ["average"]\nclasses = "rieng/classes.csv"\nno_color = true\n'
        'fail_on = "never"\n'
    )
    own = Path.cwd().parent / "rieng"
    own.mkdir()
    (own / "classes.csv").write_bytes((TOP / CLASSES).read_bytes())
    limits = judged()["limits"]
    typed = judged(
        *("--no-config", "--rules", "qd-666-ttg", "--as-of", "2024", "--within", "49", "--reading", "average"),
        *("--poverty-line", "2022-2025", "--boundaries", "30/06/2025", "--classes", "../rieng/classes.csv"),
    )["limits"]
    assert limits.pop("config")["options"] == [
        *("rules", "as_of", "classes", "reading", "within", "poverty_line", "boundaries", "fail_on", "no_color"),
    ]
    assert limits == typed


def test_paths_are_those_of_the_folder_of_the_file() -> None:
    says('[defaults]\nrules = "tieu-chi.toml"\nas_of = 2024\nshares = ["a.csv"]\nwaive = "b/c.toml"\n')
    folder = Path.cwd().parent
    values = read_office_file(OfficeFilePlace(Path("..", "thidua.toml"), "x")).defaults
    assert values["rules"] == str(Path("..", "tieu-chi.toml"))
    assert values["shares"] == [str(Path("..", "a.csv"))]
    assert values["waive"] == str(Path("..", "b", "c.toml"))
    (folder / "tieu-chi.toml").write_bytes((TOP / "src/thidua_cli/data/rules/qd-666-ttg.toml").read_bytes())
    (folder / "a.csv").write_text("from,to,year,share,source\n", "utf-8")
    outcome = thidua("eligible", "tables.csv")
    assert outcome.status == 3
    assert str(Path("..", "b", "c.toml")) in outcome.err


def test_a_path_beside_the_file_stays_as_it_is_written_in_its_own_folder() -> None:
    says('[defaults]\nclasses = ["a.csv"]\nmapping = "b.toml"\n', Path.cwd())
    values = read_office_file(OfficeFilePlace(Path("thidua.toml"), "x")).defaults
    assert values == {"classes": ["a.csv"], "mapping": "b.toml"}


def test_a_result_records_the_file_and_is_verified_as_before() -> None:
    path = says(JUDGED)
    for command in ("eligible", "targets"):
        says(JUDGED if command == "eligible" else JUDGED.replace("qd-666-ttg", "nghe-an-834"))
        assert thidua(command, "tables.csv", "-o", f"{command}.json").status == 0
        config = json.loads(Path(f"{command}.json").read_text("utf-8"))["limits"]["config"]
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert config == {"file": str(Path("..", "thidua.toml")), "sha256": digest, "options": ["rules", "as_of"]}
        verified = thidua("verify", f"{command}.json", "tables.csv")
        assert verified.status == 0, verified.text
        assert "đặt sẵn rules, as_of" in verified.text


def test_rates_and_findings_record_the_file_too() -> None:
    says('[defaults]\nwithin = "49"\nplan = "a.csv"\n')
    for command in ("rates", "check"):
        document = json.loads(thidua(command, "tables.csv", "--format", "json").out)
        assert document["config"]["options"] == ["within"]
        schema(command).validate(document)
        assert "config" not in json.loads(thidua(command, "tables.csv", "--format", "json", "--no-config").out)


def test_the_workbook_for_submission_lists_the_file_among_its_sources_and_bears_the_office() -> None:
    path = says(f'{JUDGED}[office]\nagency = "Phòng Nội vụ"\n')
    outcome = thidua("export", "tables.csv", "-o", "ho-so.xlsx")
    assert outcome.err.startswith(f"Theo {path}: --rules qd-666-ttg, --as-of 2024, [office].")
    book = openpyxl.load_workbook("ho-so.xlsx")
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert {str(Path("..", "thidua.toml")), hashlib.sha256(path.read_bytes()).hexdigest()} <= cells
    assert "PHÒNG NỘI VỤ" in cells
    assert any(cell.startswith("Số: …") for cell in cells), "blank parts are dotted"


def test_reports_are_gone_on_with_where_the_file_says_the_same_in_other_words() -> None:
    line = ("report", "tables.csv", "--each", "xã", "-o", "bao-cao", "--format", "markdown")
    says(f'{JUDGED}[office]\nagency = "Sở"\n')
    first = thidua(*line)
    assert first.status in (0, 1), first.err
    says(f'# nay có chú thích\n{JUDGED}[office]\nagency = "Sở"\n')
    assert thidua(*line, "--resume").status == first.status
    says(f'{JUDGED}[office]\nagency = "Phòng"\n')
    outcome = thidua(*line, "--resume")
    assert outcome.status == 2
    assert "[office] agency" in outcome.err


def test_a_result_is_verified_after_the_file_is_gone() -> None:
    path = says(JUDGED)
    thidua("eligible", "tables.csv", "-o", "ket-qua.json")
    path.unlink()
    assert thidua("verify", "ket-qua.json", "tables.csv").status == 0


def test_no_config_ignores_the_file_however_broken(below: Path) -> None:
    says("kaput")
    line = ("eligible", "tables.csv", "--rules", "qd-666-ttg", "--as-of", "2024", "--no-config")
    assert thidua(*line).status == 0
    assert "Theo" not in thidua(*line).err


def test_every_command_can_ignore_the_file() -> None:
    named = {name: [option for each in command.params for option in each.opts] for name, command in COMMANDS.items()}
    assert named
    assert [name for name, options in named.items() if "--no-config" not in options] == []


def test_the_python_functions_never_read_it() -> None:
    says("kaput")
    assert len(thidua_cli.rates("tables.csv")) > 0


def test_where_no_file_stands_nothing_that_reads_one_is_loaded(below: Path) -> None:
    status, imports = imports_of(["units", "show", "505"])
    assert status == 0
    names = {module.name for module in imports}
    assert "thidua_cli.cli.office_file.place" in names
    assert not {"tomllib", "thidua_cli.cli.office_file.reading"} & names


def test_what_was_read_is_not_written_over() -> None:
    path = says(JUDGED)
    outcome = thidua("eligible", "tables.csv", "--force", "--format", "json", "-o", path)
    assert outcome.status == 2
    assert path.read_text("utf-8") == JUDGED


def test_the_office_issues_the_papers_and_what_is_typed_of_the_day_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    says(
        '[office]\nagency = "SỞ"\nsigner_title = "KT. GIÁM ĐỐC\\nPHÓ GIÁM ĐỐC"\n'
        'recipients = ["Như trên", "Lưu"]\ndate = 2025-06-30\n'
    )
    seen: list[Office] = []

    def note(_: object, run: Run, *others: object) -> int:
        assert others
        seen.append(run.office)
        return 0

    monkeypatch.setattr("thidua_cli.cli.report.answer", note)
    for typed in ((), ("--date", "01/07/2025")):
        thidua("report", "tables.csv", "--unit", "20473", "-o", "a.md", *typed)
    assert [office.date for office in seen] == [date(2025, 6, 30), date(2025, 7, 1)]
    assert seen[0].signer_title == "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC"
    assert seen[0].recipients == ("Như trên", "Lưu")


def test_all_that_is_wrong_is_told_at_once_with_line_and_nearest_key() -> None:
    said = refused(
        '[defaults]\nrulez = "a"\nas_of = "2024"\nyear = 2024\nwithin = "9"\npoverty_line = "2022"\nfail_on = "loud"\n'
        'boundaries = "hôm qua"\nclasses = 3\nno_color = "yes"\nrules = "qd-667"\n[ofice]\n[office]\ndate = 2025\n'
        'agency = 7\nsigner = "a\\u001b[2K"\nplace = "a\\nb"\n'
    )
    lines = said.splitlines()
    assert len(lines) == 15
    for number, words in (
        *((2, "rulez: khóa lạ; gần nhất: rules"), (3, "as_of: phải là một năm"), (4, "year: khóa lạ")),
        *(
            (5, "within"),
            (6, "poverty_line"),
            (7, "fail_on: “loud” lạ"),
            (8, "boundaries"),
            (9, "classes: phải là chữ"),
        ),
        *((10, "no_color: phải là true"), (11, 'rules: Không có bộ quy tắc "qd-667"')),
        *((12, "ofice: khóa lạ; gần nhất: office"), (14, "date: phải là một ngày"), (15, "agency: phải là chữ")),
        *((16, "signer: có xuống dòng hoặc ký tự điều khiển"), (17, "place: có xuống dòng")),
    ):
        assert any(f"dòng {number}: " in line and words in line for line in lines), (number, words, said)


@pytest.mark.parametrize("year", ["1992", "2100", "true", "2024.0", '"2024"'])
def test_a_year_is_one_that_the_option_takes(year: str) -> None:
    assert "dòng 2: [defaults] as_of" in refused(f"[defaults]\nas_of = {year}\n")


def test_a_key_outside_of_its_table_is_told_where_it_belongs() -> None:
    assert "dòng 1: rules: đặt khóa này dưới dòng [defaults]" in refused('rules = "qd-666-ttg"\n')
    assert "dòng 1: defaults: phải là một bảng" in refused("defaults = 1\n")


def test_lines_are_those_of_an_editor_whatever_letters_stand_above() -> None:
    assert "dòng 3: [defaults] as_of" in refused('[defaults]\nlang = "vi" # \u2028\x85\nas_of = 1\n')


def test_bad_syntax_is_refused_with_its_line() -> None:
    assert "dòng 2, cột" in refused("[defaults]\nrules = \n")


def test_what_is_no_file_is_told_as_what_it_is() -> None:
    path = Path.cwd().parent / "thidua.toml"
    path.mkdir()
    assert "đây là thư mục" in thidua("check", "tables.csv").err
    path.rmdir()
    path.symlink_to("nowhere")
    assert "không có tệp" in thidua("check", "tables.csv").err
    path.unlink()
    path.write_text("#" * ((1 << 20) + 1), "utf-8")
    assert "lớn hơn 1 MB" in thidua("check", "tables.csv").err
    path.write_bytes(b"\xff\xfe")
    assert "UTF-8" in thidua("check", "tables.csv").err


def test_a_folder_that_is_gone_has_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> Path:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "cwd", gone)
    assert nearest_file() is None


def test_letters_that_steer_a_terminal_come_out_visible() -> None:
    says('[defaults]\nclasses = "a\\u202eb.csv"\nrules = "qd-666-ttg"\nas_of = 2024\n')
    outcome: Outcome = thidua("eligible", "tables.csv")
    assert "\u202e" not in outcome.err
    assert outcome.err


def test_a_blank_office_is_no_office() -> None:
    says("[office]\n" + "".join(f'{each.key} = ""\n' for each in OFFICE_PARTS if each.key != "recipients"))
    assert read_office_file(OfficeFilePlace(Path("..", "thidua.toml"), "x")).office == NO_OFFICE


def test_every_key_has_a_reader_and_an_option_that_is_called_so() -> None:
    assert [each.key for each in SETTINGS] == list(READERS)
    assert {each.key for each in OFFICE_PARTS} == set(OFFICE_READERS) == set(Office._fields)
    taken = {
        (setting, option)
        for command in COMMANDS.values()
        for name, setting in settings_of(command).items()
        for each in command.params
        if each.name == name
        for option in each.opts[:1]
    }
    assert {setting for setting, _ in taken} == {*SETTINGS, DATE}
    assert [(setting, option) for setting, option in taken if option != setting.option] == []
    assert all(setting.table == DEFAULTS for setting in SETTINGS)


def config(*arguments: str) -> dict[str, dict[str, Any]]:
    document = json.loads(thidua("config", "show", "--format", "json", *arguments).out)
    schema("config").validate(document)
    return {f"{each['table']}.{each['key']}": each for each in document["settings"]}


def test_every_value_is_shown_with_where_it_comes_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    says('[defaults]\nlang = "en"\nclasses = ["a.csv"]\n[office]\nagency = "SỞ"\ndate = 2025-06-30\n')
    shown = config()
    assert (shown["defaults.lang"]["value"], shown["defaults.lang"]["line"]) == ("en", 2)
    assert shown["defaults.classes"]["value"] == [str(Path("..", "a.csv"))]
    assert (shown["office.agency"]["origin"], shown["office.agency"]["line"]) == ("file", 5)
    assert shown["office.date"]["value"] == "2025-06-30"
    assert (shown["defaults.boundaries"]["value"], shown["defaults.boundaries"]["origin"]) == ("as-of", "default")
    assert shown["defaults.rules"]["value"] is None
    assert "eligible" in shown["defaults.rules"]["commands"]
    monkeypatch.setenv("THIDUA_LANG", "vi")
    monkeypatch.setenv("NO_COLOR", "1")
    assert (config()["defaults.lang"]["value"], config()["defaults.lang"]["variable"]) == ("vi", "THIDUA_LANG")
    assert config()["defaults.no_color"]["variable"] == "NO_COLOR"
    assert {each["origin"] for each in config("--no-config").values()} == {"default", "environment"}


def test_the_page_names_file_and_line() -> None:
    path = says('[defaults]\nas_of = 2024\n[office]\nsigner_title = "TM.\\nCHỦ TỊCH"\n')
    page = thidua("config", "show").text
    assert f"{path}, dòng 2" in page
    assert "TM. / CHỦ TỊCH" in page


@pytest.mark.parametrize("format_", ["table", "markdown", "csv", "json"])
def test_hostile_letters_of_the_file_are_shown_and_steer_nothing(format_: str) -> None:
    texts = [text for text in (*UNSEEN, *MARKUP) if "\n" not in text and "\ue000" not in text]
    assert len(texts) > 20
    names = [part.key for part in OFFICE_PARTS if part.key not in {"date", "recipients"}]
    for start in range(0, len(texts), len(names)):
        some = texts[start : start + len(names)]
        rows = [f"{key} = {json.dumps(text, ensure_ascii=False)}" for key, text in zip(names, some, strict=False)]
        says("\n".join(["[office]", *rows, ""]))
        outcome = thidua("config", "show", "--format", format_)
        assert outcome.status == 0, outcome.err
        assert list(RAW[format_](outcome.text)) == []
        assert len(markers(outcome.text)) == len(some)


def test_init_writes_a_file_that_sets_nothing_until_it_is_filled_in() -> None:
    outcome = thidua("init")
    assert outcome.status == 0
    assert outcome.err == "Đã ghi thidua.toml (TOML): tệp của văn phòng.\n"
    file = read_office_file(OfficeFilePlace(Path("thidua.toml"), "x"))
    assert (file.defaults, file.office) == ({}, NO_OFFICE)
    assert thidua("check", "tables.csv").err == ""


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_key_of_a_new_file_can_be_used_as_it_stands(language: str) -> None:
    thidua("init", "--lang", language)
    source = Path("thidua.toml").read_text("utf-8")
    used = [re.sub(r'^(\w+) = (?:""|\[\])  # (.*)$', r"\1 = \2", line) for line in source.splitlines()]
    keys = {setting.key for setting in (*SETTINGS, DATE)}
    bare = [line[2:] if re.match(r"# (\w+) = ", line) and line.split()[1] in keys else line for line in used]
    values = tomllib.loads(source)
    assert set(values["office"]) | {"date"} == set(OFFICE_READERS)
    Path("thidua.toml").write_text("\n".join(bare), "utf-8")
    file = read_office_file(OfficeFilePlace(Path("thidua.toml"), "x"))
    assert set(file.defaults) == set(READERS)
    schema("config-file").validate(json.loads(json.dumps(tomllib.loads("\n".join(bare)), default=str)))


def test_a_new_file_names_its_schema_as_editors_understand_it() -> None:
    thidua("init")
    first = Path("thidua.toml").read_text("utf-8").splitlines()[0]
    address = first.removeprefix("#:schema ")
    assert address.startswith("file:///")
    described = json.loads(Path(unquote(urlsplit(address).path)).read_text("utf-8"))
    tables = {name: set(table["properties"]) for name, table in described["properties"].items()}
    assert tables == {"defaults": set(READERS), "office": set(OFFICE_READERS)}


def test_init_replaces_nothing_unless_it_is_forced_and_reads_no_file_that_is_there() -> None:
    path = says("kaput", Path.cwd())
    assert thidua("init").status == 2
    assert path.read_text("utf-8") == "kaput"
    assert thidua("init", "--force").status == 0
    assert "[office]" in path.read_text("utf-8")
    assert "chỉ tệp mang tên thidua.toml" in thidua("init", "-o", "khac.toml").err
    assert thidua("init", "-o", "-").text.startswith("#:schema ")


def test_on_a_terminal_init_asks_for_each_part_and_asks_again_where_it_is_no_day() -> None:
    answers = [
        "UBND TỈNH",
        "",
        "Điện Biên",
        '12/"BC"',
        "hôm nay",
        "30/06/2025",
        "KT. GIÁM ĐỐC; PHÓ GIÁM ĐỐC",
        "",
        "",
        "A; B",
    ]
    seen = on_a_terminal(["init"], answers)
    assert "Cơ quan cấp trên" in seen
    office = read_office_file(OfficeFilePlace(Path("thidua.toml"), "x")).office
    assert office == Office(
        superior="UBND TỈNH",
        place="Điện Biên",
        number='12/"BC"',
        date=date(2025, 6, 30),
        signer_title="KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC",
        recipients=("A", "B"),
    )


def on_a_terminal(arguments: list[str], answers: list[str]) -> str:
    """Run the program on a terminal of its own; return what stands on it."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [sys.executable, "-m", "thidua_cli", *arguments])
    os.write(terminal, "".join(f"{answer}\n" for answer in answers).encode())
    seen = b""
    with suppress(OSError):  # the end of a terminal whose process is gone
        while piece := os.read(terminal, 1000):
            seen += piece
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    os.close(terminal)
    return seen.decode()
