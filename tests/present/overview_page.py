"""A page of all units, taken apart as a browser would: its elements, its scripts and its data."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode
from html.parser import HTMLParser
from typing import Any


class OverviewPage(HTMLParser):
    """What stands in a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.blocks: list[tuple[str, dict[str, str | None], str]] = []
        """Scripts and styles: tag, attributes, content."""
        self._open: tuple[str, dict[str, str | None]] | None = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in {"script", "style"}:
            self._open = tag, dict(attrs)
            self.blocks.append((tag, dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            tag, attributes, content = self.blocks[-1]
            self.blocks[-1] = tag, attributes, content + data

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._open = None

    def contents(self, tag: str) -> list[str]:
        """Return what stands in the scripts that run, or in the styles."""
        return [content for name, attributes, content in self.blocks if name == tag and "type" not in attributes]

    @property
    def policy(self) -> str:
        """The content security policy."""
        (policy,) = (each["content"] for tag, each in self.tags if tag == "meta" and "http-equiv" in each)
        assert policy is not None
        return policy

    @property
    def record(self) -> dict[str, Any]:
        """The data of the page."""
        (data,) = (content for _, attributes, content in self.blocks if attributes.get("type") == "application/json")
        record: dict[str, Any] = json.loads(data)
        return record

    def panels(self) -> list[dict[str, Any]]:
        """Return the panels of all units, unpacked."""
        return [panel for pack in self.record["packs"] for panel in json.loads(unpacked(pack))]


def unpacked(pack: str) -> str:
    """Return the JSON of one pack."""
    return zlib.decompress(b64decode(pack), wbits=-zlib.MAX_WBITS).decode()
