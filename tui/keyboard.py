"""The keyboard at the other end: what its bytes mean, and what its keys are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from textual._xterm_parser import XTermParser
from textual.binding import ActiveBinding, Binding
from textual.dom import DOMNode
from textual.events import Key
from textual.keys import Keys, format_key
from textual.message import Message
from textual.screen import Screen

from store.text import _

WHOLE_SEQUENCE = re.compile(r"\x1b\[[0-?]*(?!\$y)[ -/]*[@-Z\\-~]")
"""A control sequence to its end. `[` ends none, as a Linux console sends F1 as `ESC[[A`; `$y` is
the terminal's answer about what it can do, and left to the parser."""

END_OF_PASTE = "\x1b[201~"
LONGEST_PAUSE = 20
"""Ticks in which nothing comes before a paste is over: a terminal that never says so would leave the desk deaf."""

KEY_NAMES = {
    "backspace": _("Retroceso"),
    "delete": _("Supr"),
    "down": "↓",
    "end": _("Fin"),
    "enter": "Enter",
    "escape": "Esc",
    "home": _("Inicio"),
    "insert": "Ins",
    "left": "←",
    "pagedown": _("AvPág"),
    "pageup": _("RePág"),
    "right": "→",
    "space": _("Espacio"),
    "tab": "Tab",
    "up": "↑",
    "ctrl": "Ctrl",
    "shift": _("Mayús"),
}


class StringFilter:
    """Drops strings that a terminal sends as answers (OSC, DCS, SOS, PM, APC; ECMA-48 5.6): no person types them."""

    _OPENS = frozenset("]PX^_")

    def __init__(self) -> None:
        self._held = ""
        self._is_inside = False

    def drop(self, text: str) -> Iterator[str]:
        """Give what stands outside of strings, sign by sign; a string may go on in the next text."""
        for sign in text:
            if self._is_inside:
                self._is_inside = not (sign == "\x07" or self._held + sign == "\x1b\\")
                self._held = "\x1b" if self._is_inside and sign == "\x1b" else ""
            elif self._held:
                self._is_inside = sign in self._OPENS
                yield from "" if self._is_inside else self._held + sign
                self._held = ""
            elif sign == "\x1b":
                self._held = sign
            else:
                yield sign

    def pause(self) -> str:
        """Give up waiting: an Escape alone was a key, and a string without its end is over."""
        alone, self._held = ("" if self._is_inside else self._held), ""
        self._is_inside = False
        return alone


class LineEnds:
    """Makes one Enter of each line's end: CR as keys send it, LF, or both as barcode readers and pastes may."""

    def __init__(self) -> None:
        self._is_after_return = False

    def as_enter(self, text: str) -> str:
        """Give a text with CR alone; one that ended in CR may have its LF in the next."""
        if self._is_after_return:
            text = text.removeprefix("\n")
        self._is_after_return = text.endswith("\r")
        return text.replace("\r\n", "\r").replace("\n", "\r")

    def pause(self) -> None:
        """Give up waiting: what comes now is another Enter."""
        self._is_after_return = False


class LenientParser(XTermParser):
    """Reads keys; what means nothing is dropped, and neither typed into a field nor fatal."""

    def __init__(self) -> None:
        super().__init__()
        self._strings, self._line_ends = StringFilter(), LineEnds()
        self._ticks = 0

    def read(self, text: str) -> Iterator[Message]:
        """Give the keys and pastes in the text, and an Escape that waited long enough.

        Args:
            text: What was typed; empty where nothing was for a tick.
        """
        signs = self._strings.drop(self._line_ends.as_enter(text)) if text else self._pause()
        for character in signs:
            yield from self._guarded(self.feed(character))
        yield from self._guarded(self.tick())
        self._ticks = 0 if text else self._ticks + 1

    def _pause(self) -> Iterator[str]:
        self._line_ends.pause()
        yield from self._strings.pause()
        if self._ticks == LONGEST_PAUSE:
            yield from END_OF_PASTE

    def _guarded(self, messages: Iterable[Message]) -> Iterator[Message]:
        try:
            yield from messages
        except (ValueError, OverflowError, IndexError):
            # The parser is a generator, which an exception ends: start it anew.
            XTermParser.__init__(self)

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
        keys = list(super()._sequence_to_key_events(sequence, alt))
        if not keys and WHOLE_SEQUENCE.fullmatch(sequence):
            return [Key(Keys.Ignore, sequence)]
        return keys

    # Not asked for, and F13 to F20 of other terminals would be read as kitty's characters.
    def _parse_extended_key(self, sequence: str) -> None:  # type: ignore[override]
        """Take no sequence for one of kitty's."""


def keys_in_force(screen: Screen[Any]) -> list[ActiveBinding]:
    """List the keys that reach something now, from the focus outwards.

    Of each widget or screen the class's own come before those it inherits, as a person would name them.
    """
    nodes = [id(active.node) for active in screen.active_bindings.values()]
    return sorted(
        screen.active_bindings.values(),
        key=lambda active: (nodes.index(id(active.node)), _place_in_class(active)),
    )


def _place_in_class(active: ActiveBinding) -> int:
    declared = _declared_by(type(active.node))
    return declared.get(active.binding.id, len(declared))


@cache
def _declared_by(node_class: type[DOMNode]) -> Mapping[str | None, int]:
    """Number the keys of a class in the order in which they stand in it, its own before those it inherits."""
    ids = [
        binding.id
        for owner in node_class.__mro__
        for binding in Binding.make_bindings(vars(owner).get("BINDINGS", ()))
    ]
    return {binding_id: place for place, binding_id in reversed(list(enumerate(ids)))}


def key_name(binding: Binding) -> str:
    """Name a key as a Spanish keyboard does."""
    if binding.key_display:
        return binding.key_display
    return "+".join(_name_of_part(part) for part in binding.key.split("+"))


def _name_of_part(part: str) -> str:
    is_function_key = part[0] == "f" and part[1:].isdigit()
    return part.upper() if is_function_key else KEY_NAMES.get(part) or format_key(part)
