"""The desk at a kiosk: chosen entries, no files, and the first page again for whoever comes next.

Each person gets a process of their own. It ends when they leave, when what they came for is done, and when nobody
touches the keyboard; the launcher starts the next one. So nothing of a person is left: no field, no key typed ahead.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual import work

from store.errors import SignInRefused
from store.text import _
from tui.app import DeskApp
from tui.idle import IdleTimes
from tui.type_ahead import ASKING

if TYPE_CHECKING:
    from store.accounts.signing_in import SignedIn
    from store.installation.store import Store
    from store.settings import Settings

LEFT_BY_CODE = 10
"""The process's status after the kiosk's own code; the service is then not started again."""


class KioskApp(DeskApp):
    """A desk that only its own code ends."""

    def opened(self, store: Store) -> None:
        """Mind from the first key on whether somebody is there: a name half typed goes too."""
        self.mind_absence(store)

    def idle_times(self, settings: Settings) -> IdleTimes:
        """Warn, and end; nobody is asked for a password, since another person may be there."""
        return IdleTimes(settings.idle_warning_seconds, end=settings.kiosk_idle_seconds)

    def entries_of(self, settings: Settings) -> frozenset[str] | None:
        """Give the chosen entries."""
        return frozenset(settings.kiosk_entries)

    async def _entered(self, signed_in: SignedIn) -> None:
        if signed_in.person.staff_role is not None:
            self._inside = signed_in.person
            await asyncio.to_thread(self.close_session)
            raise SignInRefused(_("En el kiosco no entra el personal."))
        await super()._entered(signed_in)

    async def push_screen_wait(self, *args: Any, **kwargs: Any) -> Any:
        """Ask by a window; the notice is the end of what somebody came for."""
        from tui.screens.keys.notice import Notice

        answer = await super().push_screen_wait(*args, **kwargs)
        if isinstance(args[0], Notice):
            self.go()
        return answer

    def end_idle(self) -> None:
        """End without a word: whoever reads it is somebody else."""
        from store.accounts.tables import SessionEnd

        self.go(SessionEnd.IDLE if self.is_inside else None)

    def action_leave(self) -> None:
        """Sign out who is in; where nobody is, ask for the code."""
        if self.is_inside:
            super().action_leave()
        else:
            self._ask_code()

    @work(group=ASKING)
    async def _ask_code(self) -> None:
        from store.accounts.kiosk_code import check_kiosk_code
        from tui.connection import origin
        from tui.screens.kiosk_code import AskKioskCode

        store = await self._opened()

        async def check(code: str) -> None:
            await asyncio.to_thread(check_kiosk_code, store, code, origin())

        if not isinstance(self.screen, AskKioskCode) and await self.push_screen_wait(
            AskKioskCode(check)
        ):
            self.exit(return_code=LEFT_BY_CODE)


def without_files(store: Store) -> Store:
    """Give a store that neither saves nor reads a file for anybody."""
    return replace(store, settings=store.settings.model_copy(update={"files": False}))
