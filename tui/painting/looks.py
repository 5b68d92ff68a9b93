"""Looks: what SGR makes of a cell's sign, and the shortest way from one look to another."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

DRAWN_ON_BLANKS = frozenset({"4", "5", "6", "7", "9", "21", "51", "52", "53"})
"""Attributes that show where no sign is: underlined, blinking, reversed, struck, framed."""


class Look(NamedTuple):
    """A look taken apart; an empty colour is the terminal's own."""

    attributes: frozenset[str]
    ink: str
    ground: str

    @property
    def whole(self) -> str:
        """The sequence that gives it whatever was before."""
        codes = [*sorted(self.attributes), self.ink, self.ground]
        return _sgr("0", *filter(None, codes)) if any(codes) else "\x1b[m"


@lru_cache(1024)
def look_of(codes: str) -> Look:
    """Read the parameters of SGR."""
    attributes, ink, ground = set(), "", ""
    rest = codes.split(";") if codes else []
    while rest:
        code = rest.pop(0)
        if code in ("38", "48"):
            length = 2 if rest[0] == "5" else 4
            code, rest = ";".join([code, *rest[:length]]), rest[length:]
        if code[0] in "39" and len(code) > 1:
            ink = code.removeprefix("39")
        elif code[0] in "41" and len(code) > 1:
            ground = code.removeprefix("49")
        else:
            attributes.add(code)
    return Look(frozenset(attributes), ink, ground)


@lru_cache(4096)
def change(before: str | None, after: str) -> str:
    """Give the shortest sequence from one look to another; None is one that nobody knows."""
    new = look_of(after)
    if before is None:
        return new.whole
    old = look_of(before)
    if not old.attributes <= new.attributes:
        return new.whole
    codes = sorted(new.attributes - old.attributes)
    if new.ink != old.ink:
        codes.append(new.ink or "39")
    if new.ground != old.ground:
        codes.append(new.ground or "49")
    return min(_sgr(*codes), new.whole, key=len) if codes else ""


def _sgr(*codes: str) -> str:
    return f"\x1b[{';'.join(codes)}m"


@lru_cache(1024)
def can_be_erased(codes: str, *, in_colour: bool) -> bool:
    """Tell whether erasing draws a blank of this look.

    Args:
        codes: The look.
        in_colour: Whether the terminal erases with the ground of the moment, and not with its own.
    """
    look = look_of(codes)
    return not look.attributes & DRAWN_ON_BLANKS and (in_colour or not look.ground)
