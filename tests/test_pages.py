"""What the pages show is what the program prints; `make docs` writes it anew."""

import json
import re
from pathlib import Path

import pytest

import write_glossary
import write_json_page
import write_sessions
import write_vi_pages
from tests.present.rendered import rendered
from thidua_cli.check.catalogue import KINDS
from thidua_cli.language import Language
from thidua_cli.present.findings.explain import kinds_view

PAGES = sorted((*write_sessions.TOP.glob("*.md"), *write_sessions.TOP.glob("docs/**/*.md")))


@pytest.mark.parametrize(("page", "language"), write_sessions.READMES.items())
def test_the_session_on_the_page_is_what_the_program_prints(page: str, language: str) -> None:
    text = (write_sessions.TOP / page).read_text("utf-8")
    assert write_sessions.BEGIN in text
    assert write_sessions.END in text
    assert write_sessions.session(language) in text, "run `make docs`"


@pytest.mark.parametrize(("page", "language"), [("findings.md", Language.EN), ("findings.vi.md", Language.VI)])
def test_the_reference_of_findings_is_up_to_date(page: str, language: Language) -> None:
    text = (write_sessions.TOP / "docs" / page).read_text("utf-8")
    assert text.strip() == rendered(kinds_view(KINDS), "markdown", language).strip(), "run `make docs`"


def test_the_glossary_has_the_words_of_the_lexicon() -> None:
    page = write_glossary.PAGE.read_text("utf-8")
    assert page.count("<!-- words: ") == 11
    assert page == write_glossary.written(page), "run `make docs`"


def test_the_nouns_of_the_glossary_are_classes_of_the_code() -> None:
    _, _, nouns = write_glossary.PAGE.read_text("utf-8").partition("## The code's nouns")
    named = {name for row in nouns.splitlines() for name in re.findall(r"`([A-Z]\w+)`", row)}
    sources = [path.read_text("utf-8") for path in (write_sessions.TOP / "src").rglob("*.py")]
    classes = {name for source in sources for name in re.findall(r"^class (\w+)", source, re.MULTILINE)}
    assert named
    assert named <= classes


def test_the_page_of_json_documents_is_up_to_date() -> None:
    assert write_json_page.PAGE.read_text("utf-8") == write_json_page.page(), "run `make docs`"


def test_every_document_that_the_program_writes_is_on_the_page() -> None:
    page = write_json_page.PAGE.read_text("utf-8")
    names = [json.loads(path.read_text("utf-8"))["$id"] for path in write_json_page.SCHEMAS.glob("*.json")]
    documents = {name.rpartition(":")[2] for name in names} - {
        "thidua.rule-file/1",
        "thidua.config-file/1",
    }  # TOML, on pages of their own
    assert documents == set(re.findall(r"^## (\S+)$", page, re.MULTILINE))


@pytest.mark.parametrize("path", write_vi_pages.PAGES, ids=lambda path: path.name)
def test_the_commands_of_a_page_for_officers_print_what_it_shows(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n$ thidua ") > 1
    assert write_vi_pages.written(text) == text, "run `make docs`"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    places = re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text("utf-8"))
    assert [place for place in places if not (path.parent / place).exists()] == []


def test_every_room_that_the_plan_names_is_there() -> None:
    plan = (write_sessions.TOP / "docs" / "architecture.md").read_text("utf-8")
    source = write_sessions.TOP / "src" / "thidua_cli"
    rooms = {path.relative_to(source).as_posix() + "/" * path.is_dir() for path in source.rglob("*")}
    named = set(re.findall(r"`([\w/]+(?:\.py|/))`", plan)) - {"tests/test_architecture.py"}
    assert len(named) > 20
    assert [name for name in sorted(named) if not any(f"/{room}".endswith(f"/{name}") for room in rooms)] == []


def test_every_stage_is_on_the_plan() -> None:
    plan = (write_sessions.TOP / "docs" / "architecture.md").read_text("utf-8").split("## ")[0]
    source = write_sessions.TOP / "src" / "thidua_cli"
    folders = [path.name for path in source.iterdir() if (path / "__init__.py").exists()]
    assert [name for name in folders if f"{name}/" not in plan] == []
