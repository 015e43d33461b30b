"""What users see, as it is: status, standard output and standard error of whole commands on the sample data."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.cli.program import CLASSES, DISTRICT, FAULTY, TOP, assert_golden, in_own_process, pinned, thidua
from tests.present.test_views import schema

JUDGED = ("eligible", DISTRICT, "--rules", "qd-666-ttg", "--as-of", "2024", "--classes", CLASSES)
UNKNOWN = ("eligible", "tests/cli/plans/sin-ho.csv", "--rules", "qd-666-ttg", "--as-of", "2024")
"""A district of a province whose list of poor districts is not known whole."""
DIVIDED = ("sample_data/quan-1/quan-1.csv", "--shares", "sample_data/quan-1/shares.csv")
RUNS: dict[str, tuple[str, ...]] = {
    "check-clean.txt": ("check", DISTRICT),
    "check-faulty.txt": ("check", FAULTY),
    "check-faulty-all.txt": ("check", FAULTY, "--all", "--lang", "en"),
    "check-faulty.md": ("check", FAULTY, "--format", "markdown"),
    "check-faulty.csv": ("check", FAULTY, "--format", "csv"),
    "check-faulty.json": ("check", FAULTY, "--format", "json"),
    "check-verbose.txt": ("check", DISTRICT, "--verbose"),
    "rates.txt": ("rates", DISTRICT),
    "rates.md": ("rates", DISTRICT, "--format", "markdown"),
    "rates.csv": ("rates", DISTRICT, "--format", "csv"),
    "rates-poor.json": ("rates", DISTRICT, "--format", "json", "--measure", "poor", "--level", "district"),
    "eligible.txt": JUDGED,
    "eligible-commune.csv": (*JUDGED, "--format", "csv", "--level", "commune"),
    "eligible-district.json": (*JUDGED, "--format", "json", "--level", "district"),
    "targets.txt": ("targets", "tests/cli/plans/ha-noi.csv", "--rules", "ha-noi-251"),
    "targets-nghe-an.md": ("targets", "tests/cli/plans/nghe-an.csv", "--rules", "nghe-an-834", "--format", "markdown"),
    "targets-average.json": (
        *("targets", "tests/cli/plans/ha-noi.csv", "--rules", "ha-noi-51", "--level", "province", "--as-of", "2024"),
        *("--reading", "average-since-2021", "--format", "json"),
    ),
    "targets-plan.csv": (
        *("targets", "tests/cli/plans/ca-mau.csv", "--rules", "nghe-an-834", "--format", "csv"),
        *("--plan", "tests/cli/plans/ke-hoach.csv"),
    ),
    "trace.txt": (*JUDGED, "--trace", "Xã Tà Lu"),
    "trace.en.md": (*JUDGED, "--trace", "505", "--format", "markdown", "--lang", "en"),
    "eligible-class-unknown.txt": UNKNOWN,
    "trace-class-unknown.en.md": (*UNKNOWN, "--trace", "108", "--format", "markdown", "--lang", "en"),
    "trace.json": (*JUDGED, "--trace", "20470", "--format", "json"),
    "trace.csv": (*JUDGED, "--trace", "20470", "--format", "csv"),
    "trace-unknown.txt": (*JUDGED, "--trace", "Xã Không Có"),
    "report.md": ("report", DISTRICT, "--unit", "20470", "-o", "-", "--format", "markdown", "--classes", CLASSES),
    "rates-reform.txt": ("rates", "sample_data/quan-1/quan-1.csv", "--level", "commune"),
    "rates-reform-shares.txt": ("rates", *DIVIDED, "--level", "commune"),
    "eligible-reform-shares.txt": ("eligible", *DIVIDED, "--rules", "qd-666-ttg", "--as-of", "2025"),
    "rates-before-reform.txt": ("rates", "sample_data/quan-1/quan-1.csv", "--boundaries", "2025-06-30"),
    "explain-S001.txt": ("explain", "S001"),
    "explain-S001.md": ("explain", "s001", "--format", "markdown", "--lang", "en"),
    "explain-S001.json": ("explain", "S001", "--format", "json"),
    "classes-check.txt": ("classes", "check", "tests/cli/plans/danh-sach-xa.csv"),
    "classes-check.en.json": (
        *("classes", "check", "tests/cli/plans/danh-sach-xa.csv", "--lang", "en", "--format", "json"),
    ),
    "classes-show.txt": ("classes", "show", "20443", "--on", "31/12/2024"),
    "classes-show-merged.en.md": (
        *("classes", "show", "20443", "--on", "2025-12-31", "--lang", "en", "--format", "markdown"),
    ),
    "eligible-class-file-refused.txt": (
        *("eligible", DISTRICT, "--rules", "qd-666-ttg", "--as-of", "2024"),
        *("--classes", "tests/cli/plans/danh-sach-xa.csv"),
    ),
    "units-find.txt": ("units", "find", "Trà Don, Nam Trà My"),
    "units-find.json": ("units", "find", "Trà Don, Nam Trà My", "--format", "json", "--on", "2024-12-31"),
    "units-list.txt": ("units", "list", "--within", "11"),
    "units-list-district.csv": ("units", "list", "--within", "505", "--on", "31/12/2024", "--format", "csv"),
    "units-show.txt": ("units", "show", "26740"),
    "units-show-not-standing.txt": ("units", "show", "001", "--on", "31/12/2025"),
    "units-history.txt": ("units", "history", "Phường Sài Gòn"),
    "units-history-merged-twice.txt": ("units", "history", "02593"),
    "units-history-district.txt": ("units", "history", "505", "--lang", "en"),
    "units-history.json": ("units", "history", "26740", "--format", "json"),
    "units-history-several.txt": ("units", "history", "Phước Hòa"),
    "units-history.csv": ("units", "history", "05851", "--format", "csv"),
    "units-diff.txt": ("units", "diff", "31/12/2022", "31/12/2024", "--within", "44"),
    "units-diff-reform.txt": ("units", "diff", "2025-06-30", "2025-07-01", "--within", "505", "--lang", "en"),
    "units-diff.json": ("units", "diff", "30/06/2025", "01/07/2025", "--within", "760", "--format", "json"),
    "units-diff.csv": ("units", "diff", "31/12/2022", "31/12/2024", "--within", "44", "--format", "csv"),
    "rules-list.txt": ("rules", "list"),
    "rules-show.txt": ("rules", "show", "tests/rulebook/sound.toml"),
    "rules-show-targets.en.txt": ("rules", "show", "tests/rulebook/sound-targets.toml", "--lang", "en"),
    "rules-show.json": ("rules", "show", "nghe-an-834", "--format", "json"),
    "rules-show-named.txt": ("rules", "show", "qd-880-ttg"),
    "rules-show-part.en.txt": ("rules", "show", "lao-cai-2025", "--lang", "en"),
    "rules-diff-programmes.txt": ("rules", "diff", "qd-90-ttg", "qd-417-bnnmt"),
    "rules-check.txt": ("rules", "check", "nghe-an-834"),
    "rules-check-broken.txt": ("rules", "check", "tests/rulebook/broken/threshold-with-a-comma.toml"),
    "rules-diff.txt": ("rules", "diff", "tests/rulebook/sound.toml", "tests/rulebook/sound-extension.toml"),
    "rules-new.toml": ("rules", "new", "--from", "bac-ninh-416"),
    "rules-new-within.en.toml": ("rules", "new", "--from", "nghe-an-834", "--within", "412", "--lang", "en"),
    "rates-published.txt": ("rates", "--published", "--unit", "11"),
    "rates-published.en.md": ("rates", "--published", "--unit", "VN", "--format", "markdown", "--lang", "en"),
    "mapping-new.toml": ("mapping", "new", "tests/cli/plans/bieu-rieng.csv"),
    "mapping-new.en.toml": ("mapping", "new", "sample_data/dong-giang/Mau-08_Dong-Giang_2024.xlsx", "--lang", "en"),
    "config-show.txt": ("config", "show"),
    "config-show.en.md": ("config", "show", "--lang", "en", "--format", "markdown"),
    "version.txt": ("--version",),
    "no-command.txt": (),
}
LONG = {"eligible-district.json", "targets-average.json", "rules-show.json"}
"""Cut to what a person reads in a diff."""
COMMANDS = ("check", "rates", "targets", "eligible", "attest", "report", "export", "verify", "explain", "init")
SUBCOMMANDS = (
    *("attest template", "rules list", "rules show", "rules check", "rules diff", "rules new"),
    *("classes list", "classes show", "classes check", "classes new"),
    *("units find", "units show", "units history", "units diff", "mapping new", "config show"),
)
HELPS = ("", *COMMANDS, "rules", "classes", "units", "mapping", *SUBCOMMANDS)


@pytest.mark.parametrize("name", RUNS)
def test_a_command_prints_what_it_always_did(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)
    monkeypatch.delenv("THIDUA_LANG", raising=False)
    outcome = thidua(*RUNS[name])
    assert_golden(name, replace(outcome, out=pinned(outcome.text).encode()) if name in LONG else outcome)


def test_a_result_with_an_average_follows_its_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)
    schema("targets").validate(json.loads(thidua(*RUNS["targets-average.json"]).text))


@pytest.mark.parametrize("command", HELPS)
def test_help_is_in_vietnamese(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    name = f"help-{command.replace(' ', '-') or 'program'}.txt"
    assert_golden(name, thidua(*command.split(), "--help"))


@pytest.mark.parametrize("command", HELPS)
def test_help_holds_no_english_words_of_the_library(command: str) -> None:
    shown = thidua(*command.split(), "-h").text
    for word in ("Usage", "Options:", "Arguments:", "Commands:", "required", "default", "env var", "Show", "{", "exit"):
        assert word not in shown


@pytest.mark.parametrize("command", ["", "check", "rules show"])
def test_help_is_in_english_on_request(command: str) -> None:
    name = f"help-{command.replace(' ', '-') or 'program'}.en.txt"
    assert_golden(name, in_own_process([*command.split(), "--help"], {"THIDUA_LANG": "en", "COLUMNS": "100"}))


def test_short_options_for_help_are_the_same() -> None:
    assert thidua("check", "-h") == thidua("check", "--help")
    assert thidua("units", "-h") == thidua("units", "--help")
