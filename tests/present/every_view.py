"""Every view of the program once, over illustrative or shipped data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.cli.program import TOP
from tests.import_.test_layout_view import FORM
from tests.present import cases
from thidua_cli import pipeline
from thidua_cli.inputs import load_inputs
from thidua_cli.language import Text
from thidua_cli.measure.published import PublishedQuestion
from thidua_cli.present.classes.check import class_check_view
from thidua_cli.present.classes.lists import class_lists_view
from thidua_cli.present.classes.unit import unit_classes_view
from thidua_cli.present.config.view import config_view
from thidua_cli.present.export.view import export_view
from thidua_cli.present.findings.explain import kind_view, kinds_view
from thidua_cli.present.findings.view import findings_view
from thidua_cli.present.observations.layout import layout_view
from thidua_cli.present.rates.published import published_view
from thidua_cli.present.rates.view import rates_view
from thidua_cli.present.report.view import report_view
from thidua_cli.present.rules.check import sound_view
from thidua_cli.present.rules.differences import difference_view
from thidua_cli.present.rules.view import rulebook_view, rulebooks_view
from thidua_cli.present.targets.view import targets_view
from thidua_cli.present.toolkit.document import View
from thidua_cli.present.units.differences import differences_view
from thidua_cli.present.units.history import history_view
from thidua_cli.present.units.view import found_view, periods_view
from thidua_cli.present.verdicts.trace import trace_view
from thidua_cli.present.verdicts.view import eligible_view
from thidua_cli.present.verify.view import verify_view
from thidua_cli.results import ConfigResult, Pack, ShownSetting, ValueOrigin
from thidua_cli.rulebook.classes import load_classes
from thidua_cli.rulebook.load import load_rulebook
from thidua_cli.units.differences import differences
from thidua_cli.units.history import Historian
from thidua_cli.units.lookup import find
from thidua_cli.units.tables import bundled
from thidua_cli.verify.difference import Difference, VerifyResult, What

_HA_NOI = Path(__file__).parents[1] / "cli/plans/ha-noi.csv"


_CONFIG = ConfigResult(
    "thidua.toml",
    "0" * 64,
    [
        ShownSetting("defaults", "as_of", 2024, ValueOrigin.FILE, 3, commands=("eligible",)),
        ShownSetting("defaults", "lang", "en", ValueOrigin.ENVIRONMENT, variable="THIDUA_LANG"),
        ShownSetting("office", "signer_title", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", ValueOrigin.FILE, 9),
        ShownSetting("office", "recipients", ("Như trên", "Lưu: VT"), ValueOrigin.FILE),
        ShownSetting("office", "signer", None, ValueOrigin.DEFAULT),
    ],
)


def every_view() -> dict[str, View]:
    return {**_results(), **_rules(), **_classes(), **_units()}


def _results() -> dict[str, View]:
    eligible = cases.eligible_result()
    wrong = Difference(What.CELL, "512", "521", Text("ô nguồn", "source cell"), "20956", "Xã Trà Mẫu", place="a › E9")
    targets = pipeline.targets(pipeline.read([str(_HA_NOI)]), load_inputs("ha-noi-251"))
    return {
        "check": findings_view(cases.check_result()),
        "rates": rates_view(cases.rates_result()),
        "rates --published": published_view(pipeline.published(PublishedQuestion())),
        "eligible": eligible_view(eligible),
        "trace": trace_view(eligible.of_unit("504")),
        "targets": targets_view(targets),
        "report": report_view(cases.unit_report()),
        "export": export_view(Pack(eligible, cases.rates_result(), cases.check_result())),
        "verify": verify_view(VerifyResult("a.json", "vi-du", 2024, 1, 1, 1, 1, [wrong], ())),
        "explain": kind_view(cases.TOO_MANY),
        "explain --all": kinds_view([cases.TOO_MANY, cases.FONT]),
        "layout": layout_view([FORM]),
        "config": config_view(_CONFIG),
    }


def _classes() -> dict[str, View]:
    book, tables = load_classes([]), bundled()
    listed = pipeline.check_classes(TOP / "sample_data/dong-giang/classes.csv")
    return {
        "classes list": class_lists_view(book, tables),
        "classes show": unit_classes_view(pipeline.classes_of_unit("20443", None, book), tables),
        "classes check": class_check_view(listed),
    }


def _rules() -> dict[str, View]:
    book, other = load_rulebook("qd-666-ttg"), load_rulebook("nghe-an-834")
    return {
        "rules list": rulebooks_view([book], [other]),
        "rules show": rulebook_view(book, load_classes([]).coverage()),
        "rules diff": difference_view(book, other),
        "rules check": sound_view(book),
    }


def _units() -> dict[str, View]:
    tables = bundled()
    historian = Historian(tables)
    district = tables.periods("505")
    days = date(2024, 12, 31), date(2025, 7, 1)
    return {
        "units find": found_view(find("Trà Don", None, tables=tables), historian),
        "units show": periods_view(district, historian, None),
        "units history": history_view(historian.history(district[-1]), tables),
        "units diff": differences_view(differences(*days, tables.periods("49")[0], historian)),
    }
