"""The sessions on the front pages are what the program prints."""

import pytest
import write_sessions


@pytest.mark.parametrize(("page", "language"), write_sessions.READMES.items())
def test_the_session_on_the_page_is_what_the_program_prints(page: str, language: str) -> None:
    text = (write_sessions.TOP / page).read_text("utf-8")
    assert write_sessions.BEGIN in text
    assert write_sessions.END in text
    assert write_sessions.session(language) in text, "run `make docs`"
