"""Settings that hold for every test."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# A slow machine is no fault of the program; a random example found by CI would fail a change that did not cause it.
settings.register_profile(
    "thidua",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("thidua")
