"""`make fuzz` in small: its seeds are sound, its cases are made again from their number, and its oracle can fail."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from fuzz import __main__ as program
from fuzz import seeds
from fuzz.cases import FAMILIES, FORMATS, Case, make
from fuzz.tally import Tally
from fuzz.trial import Outcome, tried
from fuzz.usage import resident_kilobytes, used

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the cases run in forks of one process")
CASES = 4
"""Of each format and family."""


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    seeds.warm()


def outcome(status: int = 0, seconds: float = 0, megabytes: float = 0, told: str = "") -> Outcome:
    return Outcome(Case("random", "csv", 1, {}, ()), status, seconds, megabytes, told, 100)


@pytest.mark.parametrize("word", FORMATS)
def test_the_commands_of_a_seed_read_it(word: str) -> None:
    seed_of_format = FORMATS[word].seeds()
    assert seed_of_format
    for seed in seed_of_format:
        for typed in dict.fromkeys(seed.commands):
            sound = tried(Case("random", word, 0, {**seed.beside, seed.name: seed.content}, typed))
            assert sound.status in (0, 1), sound.told


@pytest.mark.parametrize("word", FORMATS)
@pytest.mark.parametrize("family", FAMILIES)
def test_a_case_is_made_again_from_its_number_and_changes_something(family: str, word: str) -> None:
    cases = [make(family, word, number) for number in range(CASES)]
    assert cases == [make(family, word, number) for number in range(CASES)]
    sound = {(seed.content, typed) for seed in FORMATS[word].seeds() for typed in seed.commands}
    assert any((content, case.typed) not in sound for case in cases for content in case.files.values())


@pytest.mark.parametrize("word", ["csv", "canonical", "html", "xml", "side csv", "toml", "json", "options"])
@pytest.mark.parametrize("family", FAMILIES)
def test_no_case_ends_in_a_fault(family: str, word: str) -> None:
    outcomes = [tried(make(family, word, number)) for number in range(CASES)]
    assert [(each.case.name, each.told) for each in outcomes if each.fault not in ("", "slow", "memory")] == []


@pytest.mark.parametrize(
    ("faulty", "fault"),
    [
        (outcome(-11), "death"),
        (outcome(-24), "hang"),
        (outcome(70), "exit 70"),
        (outcome(5), "exit status"),
        (outcome(1, told="Traceback (most recent call last):"), "foreign words"),
        (outcome(3, seconds=1.6), "slow"),
        (outcome(1, seconds=11), "slow"),
        (outcome(3, megabytes=151), "memory"),
        (outcome(1, seconds=9, megabytes=140, told="lỗi: x"), ""),
    ],
)
def test_what_must_hold_is_told_from_what_must_not(faulty: Outcome, fault: str) -> None:
    assert faulty.fault == fault


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process take in what another leaves behind")
def test_time_and_memory_of_a_helper_that_outlives_the_program_are_counted() -> None:
    kilobytes = resident_kilobytes() + 200_000  # a helper smaller than its program is none that Linux tells of
    program = f"import time\nkept = b'x' * {kilobytes << 10}\nwhile time.process_time() < 0.5: pass"

    def leave_a_helper() -> None:
        subprocess.Popen([sys.executable, "-c", program], process_group=0)
        os._exit(3)

    taken = used(leave_a_helper)
    assert taken.status == 3
    assert taken.seconds >= 0.5
    assert taken.kilobytes >= kilobytes


def test_a_death_is_counted_as_one() -> None:
    assert used(lambda: os.kill(os.getpid(), 9)).status == -9


def test_a_table_counts_cases_by_family_and_format() -> None:
    tally = Tally()
    for each in (outcome(), outcome(3, seconds=0.5), outcome(-11)):
        tally.add(each)
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in tally.lines()]
    assert rows[2][:5] == ["random", "csv", "3", "1", "1"]
    assert tally.faults == 1


def test_the_cases_of_a_run_are_as_many_as_wanted() -> None:
    jobs = program.jobs(60, ["csv", "json", "toml"], seed=2)
    assert sum(len(numbers) for _, _, numbers in jobs) == 2 * 60
    assert len({(family, word, number) for family, word, numbers in jobs for number in numbers}) == 2 * 60


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("word", ["json", "toml"])
def test_a_case_is_the_same_whatever_was_made_before_it(family: str, word: str) -> None:
    first = [make(family, word, number) for number in range(300)]
    assert [make(family, word, number) for number in range(299, -1, -1)] == first[::-1]
