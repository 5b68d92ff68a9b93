"""Many keys at once: one verdict a line, and each good one confirmed by itself (SPEC 3, last paragraphs).

Both procedures yield after each key, so that whoever asks can show progress and stop between two keys; each takes the
`Store`, since every key is checked and confirmed in transactions of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from store.accounts.person import Person
from store.errors import (
    EmptyKey,
    KeyMistyped,
    KeyRefused,
    LicenceChanged,
    LicenceNotAccepted,
    Mistyped,
    Refusal,
)
from store.installation.store import Store
from store.keys.activation import CheckedKey, ConfirmedKey, check_key, confirm_key
from store.keys.code import LENGTH, KeyCode, tidy
from store.keys.loading.lines import KeyCells
from store.keys.words import stamps
from store.text import _, clean

MOST_KEYS = 500
"""Lines that are taken at once: a minute or two of confirmations."""
_SHOWN = 4
"""Signs of a line that is no key, which tell a person which one it is."""


@dataclass(frozen=True)
class KeyLine:
    """A line that should hold a key."""

    number: int
    """In the text, from 1."""
    typed: str

    @property
    def shown(self) -> str:
        """What may be shown of it: of a key the mask, of anything else its first signs."""
        signs = tidy(self.typed)
        if len(signs) < LENGTH:
            return clean(signs[:_SHOWN]) + "…" if len(signs) > _SHOWN else clean(signs)
        return clean(KeyCode(signs))


class LineState(Enum):
    """What became of a line."""

    GOOD = "good"
    REFUSED = "refused"
    UNCHECKED = "unchecked"
    CONFIRMED = "confirmed"


@dataclass(frozen=True)
class LineVerdict:
    """A line and what is said of it."""

    line: KeyLine
    state: LineState
    sentence: str
    checked: CheckedKey | None = None
    """What can be confirmed, of a good one."""
    confirmed: ConfirmedKey | None = None
    stop: Refusal | None = None
    """Why the lines after this one were not looked at, where that is so."""


def read_lines(text: str) -> list[KeyLine]:
    """Find the keys in what was pasted or read from a file: one a line, where an import looks; empty lines are skipped.

    Raises:
        Mistyped: There are none, or too many.
    """
    texts = text.removeprefix("\ufeff").splitlines()
    cells = KeyCells(texts[0] if texts else "")
    if cells.is_headed:
        texts[0] = ""
    typed = enumerate(map(cells.of, texts), start=1)
    lines = [KeyLine(number, cell) for number, cell in typed if tidy(cell)]
    if not lines:
        raise EmptyKey
    if len(lines) > MOST_KEYS:
        raise Mistyped(
            _("Son {n:,} líneas con claves; se revisan hasta {most} a la vez.").format(
                n=len(lines), most=MOST_KEYS
            ),
            "keys",
        )
    return lines


def check_many(store: Store, person: Person, lines: Sequence[KeyLine]) -> Iterator[LineVerdict]:
    """Check line by line; a repeated one is said so, and past a limit the rest is left unchecked.

    Each line costs what `check_key` costs, against the same limits.

    Raises:
        NotAllowed: The person may not activate keys.
    """
    seen: dict[str, int] = {}
    for line in lines:
        signs = tidy(line.typed)
        if signs in seen:
            words = _("Repetida: es la de la línea {line}.").format(line=seen[signs])
            yield LineVerdict(line, LineState.REFUSED, words)
            continue
        seen[signs] = line.number
        verdict = _check(store, person, line)
        yield verdict
        if verdict.stop is not None:
            return


def _check(store: Store, person: Person, line: KeyLine) -> LineVerdict:
    try:
        checked = check_key(store, person, line.typed)
    except (KeyMistyped, KeyRefused) as refusal:
        return LineVerdict(line, LineState.REFUSED, refusal.sentence)
    except Refusal as refusal:
        # A limit, a busy store, a desk that was closed: it would be said of every line after this one.
        return _stopped(line, refusal)
    words = _("Válida ({units})").format(units=stamps(checked.units))
    return LineVerdict(line, LineState.GOOD, words, checked=checked)


def _stopped(line: KeyLine, refusal: Refusal) -> LineVerdict:
    return LineVerdict(line, LineState.UNCHECKED, said_of_unchecked(), stop=refusal)


def said_of_unchecked() -> str:
    """Say that a line was not looked at."""
    return _("Sin revisar")


def confirm_many(
    store: Store, person: Person, good: Iterable[LineVerdict], *, licence_accepted: bool
) -> Iterator[LineVerdict]:
    """Confirm good lines, each by itself and exactly once: its own transaction, acceptance, mail and audit event.

    Whoever stops asking, or is killed, leaves each key confirmed or not.

    Raises:
        LicenceNotAccepted: The box is empty.
    """
    if not licence_accepted:
        raise LicenceNotAccepted
    for verdict in good:
        outcome = _confirm(store, person, verdict)
        yield outcome
        if outcome.stop is not None:
            return


def _confirm(store: Store, person: Person, verdict: LineVerdict) -> LineVerdict:
    line, checked = verdict.line, verdict.checked
    assert checked is not None, "only good lines are confirmed"
    try:
        confirmed = confirm_key(store, person, checked, licence_accepted=True)
    except LicenceChanged as refusal:
        return _stopped(line, refusal)
    except KeyRefused as refusal:
        return LineVerdict(line, LineState.REFUSED, refusal.sentence)
    except Refusal as refusal:
        # Nothing was changed: the key is as good as it was.
        return LineVerdict(line, LineState.GOOD, verdict.sentence, checked=checked, stop=refusal)
    words = _("Confirmada ({units})").format(units=stamps(confirmed.units))
    return LineVerdict(line, LineState.CONFIRMED, words, confirmed=confirmed)
