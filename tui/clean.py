"""The one way data reaches the screen: literal, and harmless to it (facts/reliability 4.1).

Textual reads markup in a plain `str`: a company called `ACME [/] S.A.` would end the desk.
"""

from __future__ import annotations

from textual.content import Content

from store.text import clean


def content(value: object, limit: int = 300) -> Content:
    """Give data for any widget; what is content already stays as it is."""
    return value if isinstance(value, Content) else Content(clean(value, limit))


def lines(value: str, limit: int = 2000) -> Content:
    """Give a text of several lines for any widget, each line cleaned by itself."""
    return Content("\n".join(clean(line, limit) for line in value.splitlines()))
