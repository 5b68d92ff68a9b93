"""Telling on stderr how far a long work has come: one line that is written over, or now and then a line of its own."""

from __future__ import annotations

import sys
from time import monotonic

from store.keys.loading.progress import Progress
from store.text import _

_ON_TERMINAL, _IN_FILE = 0.2, 10.0
"""Seconds between two lines."""


class ProgressLine:
    """A line that says share, lines, rate and time left."""

    def __init__(self, doing: str, *, quiet: bool = False) -> None:
        """Tell of what is being done, «Importando», or of nothing."""
        self._doing, self._quiet = doing, quiet
        self._written_over = sys.stderr.isatty()
        self._first: Progress | None = None
        self._began = self._told = monotonic()
        self._width = 0

    def __call__(self, progress: Progress) -> None:
        """Tell it, if it is time to."""
        if self._quiet:
            return
        if self._first is None:
            self._first = progress
            if progress.line:
                self._write(_went_on(progress), end="\n")
            return
        now = monotonic()
        if now - self._told >= (_ON_TERMINAL if self._written_over else _IN_FILE):
            self._told = now
            text = f"{self._doing}: {self._said(progress, self._first, now - self._began)}"
            self._write(text, end="\r" if self._written_over else "\n")

    def clear(self) -> None:
        """Leave the line to what comes next."""
        if self._width:
            self._write("", end="\r")
            self._width = 0

    def _said(self, progress: Progress, first: Progress, seconds: float) -> str:
        rate = (progress.line - first.line) / seconds
        done = progress.share - first.share
        left = (1 - progress.share) * seconds / done if done > 0 else 0.0
        return _("{share:.0%}, {n:,} líneas, {rate:,.0f} por segundo, faltan {left}").format(
            share=progress.share, n=progress.line, rate=rate, left=_time(left)
        )

    def _write(self, text: str, *, end: str) -> None:
        print(text.ljust(self._width), end=end, file=sys.stderr, flush=True)
        self._width = len(text) if end == "\r" else 0


def _went_on(progress: Progress) -> str:
    if progress.folio is None:
        return _("Continúa en la línea {n:,}.").format(n=progress.line + 1)
    return _("Continúa en la línea {n:,}; el lote {lot} ya tiene {taken:,} claves.").format(
        n=progress.line + 1, lot=progress.folio, taken=progress.taken
    )


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return _("{m} min {s:02} s").format(m=minutes, s=rest) if minutes else _("{s} s").format(s=rest)
