"""Text inside XML. By hand, for `xml.sax.saxutils` loads the network libraries for it."""

from __future__ import annotations


def escaped(text: str) -> str:
    """Return a text as it stands inside an element.

    >>> escaped('<a> & "b"')
    '&lt;a&gt; &amp; "b"'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """Return a text of one line as the value of an attribute, in its quotation marks.

    >>> attribute('<a> & "b"')
    '"&lt;a&gt; &amp; &quot;b&quot;"'
    """
    quoted = escaped(text).replace('"', "&quot;")
    return f'"{quoted}"'
