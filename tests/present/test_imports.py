from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("rich", "tabulate", "xlsxwriter", "pandas", "numpy", "openpyxl")


@pytest.mark.parametrize(
    "module",
    [
        "present.findings.view",
        "present.findings.explain",
        "present.rates.view",
        "present.verdicts.view",
        "present.export.view",
        "present.report.view",
        "present.toolkit.render",
        "present.diagnostics",
        "present.toolkit.write",
        "measure.rates",
        "measure.series",
        "results",
    ],
)
def test_importing_a_module_loads_no_heavy_library(module: str) -> None:
    program = f"import sys, thidua_cli.{module}; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_findings_without_colour_never_load_rich() -> None:
    program = (
        "import sys; from thidua_cli.results import CheckResult; from thidua_cli.language import Language;"
        "from thidua_cli.present.findings.view import findings_view;"
        "from thidua_cli.present.toolkit.render import render;"
        "render(findings_view(CheckResult([], 1, 1, (2022,), 1)), 'table', Language.VI); print('rich' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
