"""Whether somebody is at the desk: warns, locks and ends where nobody is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.timer import Timer

from tui.idle import Idle, IdleTimes, Stage

if TYPE_CHECKING:
    from tui.app import DeskApp
    from tui.screens.idle_warning import IdleWarning


class Attendance:
    """Minds the seconds without a key, by a timer that draws nothing.

    The cover of the warning goes with the first key; only the right password takes away that of the lock.
    """

    def __init__(self, app: DeskApp, times: IdleTimes, seconds: Callable[[], float]) -> None:
        """Begin with nobody there.

        Args:
            app: The desk.
            times: When it warns, locks and ends.
            seconds: The time, in seconds since whenever.
        """
        self._app, self._times = app, times
        self._idle = Idle(times, seconds)
        self._timer: Timer | None = None
        self._warning: IdleWarning | None = None
        self._is_locked = False

    def give_way(self, other: Attendance) -> None:
        """Let another one mind it from now on, who knows as much of who is there."""
        if self._timer is not None:
            self._timer.stop()
        if self._idle.is_begun:
            other.stir()

    def stir(self, *, is_sign: bool = True) -> bool:
        """Take note of a key; tell whether it is for the desk, and not only the answer to the warning.

        A sign always is: whoever types on, or a barcode reader, must not lose one.
        """
        if self._is_locked:
            return True  # whoever presses it may be anybody
        self._idle.stir()
        if self._timer is None:
            self._wait()
        if self._warning is None:
            return True
        self._warning.dismiss()
        self._warning = None
        return is_sign

    def look(self) -> None:
        """Do what is due, and look again when something else is."""
        stage = self._idle.stage
        if stage is Stage.OVER:
            self._app.end_idle()
            return
        if stage is Stage.LOCKED and not self._is_locked:
            self._lock()
        elif stage is Stage.WARNED and self._warning is None:
            self._warn()
        self._wait()

    def _wait(self) -> None:
        seconds = self._idle.until_next
        self._timer = None if seconds is None else self._app.set_timer(seconds, self.look)

    def _warn(self) -> None:
        from tui.screens.idle_warning import IdleWarning

        locks = bool(self._times.lock) and self._times.lock <= (self._times.end or self._times.lock)
        self._warning = IdleWarning(self._times.warning, locks=locks)
        self._app.push_screen(self._warning)

    def _lock(self) -> None:
        if self._warning is not None:
            self._warning.dismiss()
            self._warning = None
        self._is_locked = True
        self._app.lock(self._unlocked)

    def _unlocked(self, _answer: object) -> None:
        self._is_locked = False
        self._app.unlock()
        self.stir()
