"""Portions of a file: the lines that are read together, and whose keys go in by the order of their HMACs.

HMACs are random: put in as a file has them, the few keys of a step would touch, and write, nearly as many pages of
their index. In order, a step's keys are neighbours there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from store.errors import KeyMistyped
from store.installation.pepper import Pepper
from store.keys.code import KeyCode, is_vendor_key, read_key, tidy
from store.keys.loading.lines import Line
from store.keys.loading.refusals import RefusedLine
from store.keys.lots import key_mac
from store.text import _

LONGEST = 200_000
"""Lines of one: some 60 MB."""


@dataclass
class Portion:
    """Some lines of the file, read before anybody has to wait for it."""

    until: int = 0
    """The last line's number; 0 where the file has no more."""
    signs: dict[bytes, str] = field(default_factory=dict)
    """What the store keeps of each key: its HMAC, and its visible signs."""
    lines: dict[bytes, int] = field(default_factory=dict)
    """The line of each key, by its HMAC."""
    refused: list[RefusedLine] = field(default_factory=list)

    def in_order(self) -> list[tuple[bytes, str]]:
        """Give what the store keeps of the keys, in the order of their HMACs."""
        return sorted(self.signs.items())


def read_portion(lines: Iterable[Line], pepper: Pepper, vendor_length: int | None) -> Portion:
    """Read the next portion; a line that cannot be taken, or repeats one of them, is refused."""
    portion = Portion()
    refuse = portion.refused.append
    for number, cell in islice(lines, LONGEST):
        portion.until = number
        if not cell:
            continue
        try:
            key = _key_in(cell, vendor_length)
        except KeyMistyped as refusal:
            refuse(RefusedLine(number, refusal.sentence))
            continue
        mac = key_mac(pepper, key)
        if mac in portion.lines:
            refuse(RefusedLine(number, repeated()))
        else:
            portion.signs[mac], portion.lines[mac] = key.visible, number
    return portion


def _key_in(cell: str, vendor_length: int | None) -> KeyCode:
    if vendor_length is None:
        return read_key(cell)
    signs = tidy(cell)
    if not is_vendor_key(signs, (vendor_length,)):
        raise KeyMistyped(_("La clave no tiene {n} letras o números.").format(n=vendor_length))
    return KeyCode(signs)


def repeated() -> str:
    """Say why a line is not taken whose key another one has."""
    return _("La clave se repite en el archivo.")
