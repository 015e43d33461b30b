"""A view as text."""

from thidua_cli.language import Language
from thidua_cli.present.toolkit.document import View
from thidua_cli.present.toolkit.render import render


def rendered(
    view: View, format_: str = "table", language: Language = Language.VI, *, width: int = 80, color: bool = False
) -> str:
    """Return the view in a format of text."""
    content = render(view, format_, language, width, color)
    assert isinstance(content, str)
    return content
