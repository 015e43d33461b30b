from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest

from thidua_cli.read.background import Background


def test_what_the_work_returns_is_the_result() -> None:
    assert Background(lambda: 42).result() == 42


def test_what_the_work_raises_is_raised_where_the_result_is_asked_for(tmp_path: Path) -> None:
    missing = Background((tmp_path / "missing").read_text)

    with pytest.raises(FileNotFoundError):
        missing.result()


def test_where_no_thread_can_be_started_the_work_is_done_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(Thread, "start", refuse)
    assert Background(lambda: 42).result() == 42
