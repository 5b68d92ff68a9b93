"""Keys that do nothing now: one reason both greys a key and is what the person reads who presses it."""

from __future__ import annotations

from typing import Any

from textual.actions import parse
from textual.screen import Screen

Parameters = tuple[object, ...]


def greyed_action(screen: Screen[Any], key: str) -> tuple[str, Parameters] | None:
    """Give the action of a key that is greyed on a screen; `None` where the key does something, or nothing ever."""
    active = screen.active_bindings.get(key)
    if active is None or active.enabled or active.node is not screen:
        return None
    _namespace, name, parameters = parse(active.binding.action)
    return name, parameters


def unless(holds: bool, reason: str) -> str:
    """Give a reason where something does not hold; nothing where it does, so that reasons can be tried with `or`."""
    return "" if holds else reason
