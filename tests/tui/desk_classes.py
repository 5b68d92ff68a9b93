"""Every class and source file of the desk, for tests that look at all of them."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

from textual.dom import DOMNode

import tui

FOLDER = Path(tui.__file__).parent


def desk_classes() -> Iterator[type[DOMNode]]:
    """Give the app, the screens and the widgets that are declared in `tui`."""
    found: set[type[DOMNode]] = set()
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    pending: list[type[DOMNode]] = [DOMNode]
    while pending:
        kind = pending.pop()
        pending += kind.__subclasses__()
        if kind.__module__.startswith("tui.") and kind not in found:
            found.add(kind)
    return iter(sorted(found, key=lambda kind: (kind.__module__, kind.__qualname__)))


def sources() -> Iterator[Path]:
    """Give every source file of what is on the screen."""
    yield from sorted((FOLDER / "screens").rglob("*.py"))
    yield from sorted((FOLDER / "widgets").rglob("*.py"))
    yield from (FOLDER / "app.py", FOLDER / "clean.py", FOLDER / "menu.py")
