"""A window over the page, which takes all keys."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

Answer = TypeVar("Answer")


class Window(ModalScreen[Answer], inherit_bindings=False):
    """Goes away with an answer; one that is covered goes once it is on top again.

    Textual would take away whatever is on top, such as the lock.
    """

    loses_something = False
    """Whether what is typed or chosen in it is gone when the desk is left."""

    _waiting: tuple[Answer | None] | None = None

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Answer, now or when nothing covers the window any more."""
        if self.app.screen is self:
            return super().dismiss(result)
        self._waiting = (result,)
        return AwaitComplete()

    def on_screen_resume(self) -> None:
        """Give the answer that waited."""
        if self._waiting is not None:
            (answer,), self._waiting = self._waiting, None
            super().dismiss(answer)
