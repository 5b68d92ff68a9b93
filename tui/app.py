"""The desk: which page, which person; no rules, and at import no store."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Sequence
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, Any

from rich.text import Text
from textual import work
from textual.binding import Binding
from textual.events import Event, Key, Paste, Resize
from textual.screen import Screen
from textual.worker import WorkerFailed

from store.errors import NotAllowed, Refusal, SessionEnded
from store.text import _, clean
from tui.attendance import Attendance
from tui.garbage import Pauses
from tui.idle import IdleTimes
from tui.log import log_failure, log_refusal, said_of_failure
from tui.painting.app import PaintedApp
from tui.screens.login import Login
from tui.screens.too_small import TooSmall, fits
from tui.screens.window import Window
from tui.theme import THEME
from tui.type_ahead import ASKING, TypeAhead
from tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from store.accounts.desks import DeskRow
    from store.accounts.person import Person
    from store.accounts.signing_in import SignedIn
    from store.accounts.tables import SessionEnd
    from store.installation.store import Store
    from store.settings import Settings
    from tui.visit import Visit

REFUSED = 2
"""The process's status where the desk cannot open."""


class DeskApp(PaintedApp, inherit_bindings=False):
    """Opens the store behind the login page, and the desk of whoever signs in."""

    CSS_PATH = "desk.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]

    BINDINGS = [
        Binding("question_mark,f1", "help", _("Ayuda"), id="desk.help", tooltip=_("Todas las teclas de aquí.")),
        Binding("f10,ctrl+d", "leave", _("Salir"), id="desk.leave", tooltip=_("Dejar el escritorio.")),
        Binding("ctrl+l", "redraw", _("Repintar"), show=False, id="desk.redraw",
                tooltip=_("Dibujar de nuevo la pantalla.")),
    ]  # fmt: skip

    def __init__(self, open_store: Callable[[], Store]) -> None:
        """Make the desk.

        Args:
            open_store: Opens the store; called in a thread once the login page is painted, since loading the store's
                libraries takes longer than painting it.
        """
        super().__init__(ansi_color=True)
        self.register_theme(THEME)
        self.theme = THEME.name
        self._open_store = open_store
        self._type_ahead = TypeAhead(self, super().on_event)
        self._garbage = Pauses()
        # Not a future: those belong to the loop of the moment, and this one is not the app's yet.
        self._is_open = asyncio.Event()
        self._store: Store | None = None
        self.visit: Visit | None = None
        self._inside: Person | None = None
        self._is_free = asyncio.Event()
        self._is_free.set()
        self.seconds = monotonic
        self.attendance = Attendance(self, IdleTimes(), self.seconds)

    def get_default_screen(self) -> Screen[Any]:
        """Begin at the login page."""
        return Login(self._opened, self._entered)

    def on_ready(self) -> None:
        """Load the store behind the painted page, which has its focus now and may be typed into."""
        self.call_after_refresh(self._type_ahead.begin)
        self._open()

    @work
    async def _open(self) -> None:
        try:
            store = await asyncio.to_thread(self._open_store)
        except Refusal as refusal:
            self.refuse(refusal)
            return
        self._store = store
        self.opened(store)
        self._is_open.set()
        for screen in self.screen_stack:
            if isinstance(screen, Login):
                screen.greet(store)

    def opened(self, store: Store) -> None:
        """Do what there is to do before anybody is in."""

    def refuse(self, refusal: Refusal) -> None:
        """Leave, with the sentence that says why on the terminal."""
        self.exit(return_code=REFUSED, message=Text(clean(refusal.sentence)))

    async def on_event(self, event: Event) -> None:
        """Let keys wait their turn; all else is Textual's."""
        if isinstance(event, (Key, Paste)) and not event.is_forwarded:
            self._garbage.put_off()
            if self.attendance.stir(is_sign=isinstance(event, Paste) or event.is_printable):
                self._type_ahead.add(event)
        else:
            await super().on_event(event)

    def forget_typed(self) -> None:
        """Drop the keys that wait, after a refusal: they were meant for another window."""
        self._type_ahead.forget()

    async def _opened(self) -> Store:
        await self._is_open.wait()
        assert self._store is not None
        return self._store

    async def _entered(self, signed_in: SignedIn) -> None:
        """Go from the login page to the desk, by way of what has to be settled first."""
        store = await self._opened()
        person = self._inside = signed_in.person
        self._attend(store)
        if signed_in.must_change_password and not await self._change_password(store, person):
            return
        from tui.mail_carrier import MailCarrier
        from tui.menu import first_entry
        from tui.pages import page_of
        from tui.visit import Visit

        self.visit = Visit(store, person, entries=self.entries_of(store.settings))
        if person.desk_id is not None:
            await self._go_to_desk(person.desk_id)
        MailCarrier(store).start()
        page = page_of(first_entry(self.visit), self.visit)
        await self._is_free.wait()
        await self.push_screen(page)
        gc.freeze()  # what the first page brought stays, and is never looked through for garbage
        page.say(_said_of_last_access(store, signed_in))

    def entries_of(self, settings: Settings) -> frozenset[str] | None:
        """Say which entries of the menu there are; `None` where nothing is held back."""
        return None

    def _attend(self, store: Store) -> None:
        """Mind from now on whether somebody is there, and whether the session goes on."""
        from tui.session_watch import SessionWatch

        assert self._inside is not None
        self.mind_absence(store)
        self.attendance.stir()
        SessionWatch(store, self._inside, lambda: self.call_later(self._ended_elsewhere)).start()

    def mind_absence(self, store: Store) -> None:
        """Warn, lock and end from now on as the settings say."""
        attendance = Attendance(self, self.idle_times(store.settings), self.seconds)
        self.attendance.give_way(attendance)
        self.attendance = attendance

    def idle_times(self, settings: Settings) -> IdleTimes:
        """Say how long nobody has to touch the desk for what."""
        return IdleTimes(
            settings.idle_warning_seconds, settings.idle_lock_seconds, settings.idle_end_seconds
        )

    def _ended_elsewhere(self) -> None:
        self._inside = None
        self.refuse(SessionEnded())

    def lock(self, unlocked: Callable[[None], None]) -> None:
        """Cover the desk until its person types their password; windows that would come wait behind the cover."""
        from tui.screens.locked import Locked

        assert self._inside is not None
        self.forget_typed()
        self._is_free.clear()
        self.push_screen(Locked(self._inside.username, self._unlock), unlocked)

    def unlock(self) -> None:
        """Let the windows come that waited."""
        self._is_free.set()

    async def _unlock(self, password: str) -> None:
        from store.accounts.unlocking import unlock

        assert self._inside is not None
        await asyncio.to_thread(unlock, await self._opened(), self._inside, password)

    async def push_screen_wait(self, *args: Any, **kwargs: Any) -> Any:
        """Ask by a window; behind the lock, once that is gone."""
        await self._is_free.wait()
        return await super().push_screen_wait(*args, **kwargs)

    async def _go_to_desk(self, desk_id: int) -> None:
        """Make a desk the one that is visited."""
        from store.accounts.desks import find_desk
        from store.accounts.tables import DeskKind

        assert self.visit is not None
        row = await self.visit.look(find_desk, desk_id)
        self.visit = replace(
            self.visit,
            person=replace(self.visit.person, desk_id=row.id),
            company=row.name,
            is_distributor=row.kind is DeskKind.DISTRIBUTOR,
        )

    @work(group=ASKING)
    async def open_page(self, entry_id: str) -> None:
        """Go to the page of a menu's entry; of the staff, ask first which desk they want to look at."""
        from tui.menu import DESKS, KEYS, leads_to
        from tui.pages import page_of

        assert self.visit is not None
        if entry_id == DESKS:
            row = await self._pick_desk(self.visit)
            if row is None:
                return
            await self._go_to_desk(row.id)
            entry_id = KEYS
        if not leads_to(self.visit, entry_id):
            raise NotAllowed(_("Este kiosco no ofrece esa página."))
        page = page_of(entry_id, self.visit)
        await self._is_free.wait()
        await self.switch_screen(page)
        page.arrive()

    async def _change_password(self, store: Store, person: Person) -> bool:
        from store.accounts.signing_in import change_password
        from tui.screens.password import ChangePassword

        async def change(password: str, repeated: str) -> None:
            await asyncio.to_thread(change_password, store, person, password, repeated)

        changed = await self.push_screen_wait(ChangePassword(change))
        return changed is True

    async def _pick_desk(self, visit: Visit) -> DeskRow | None:
        from store.accounts.desks import search_desks
        from tui.screens.pick_desk import PickDesk

        async def search(words: str) -> Sequence[DeskRow]:
            return await visit.look(search_desks, words)

        row: DeskRow | None = await self.push_screen_wait(PickDesk(search))
        return row

    def action_help(self) -> None:
        """Show the keys that work here."""
        from tui.screens.help import Help, help_lines

        if not isinstance(self.screen, Help):
            self.push_screen(Help(help_lines(self.screen)))

    def action_leave(self) -> None:
        """End the session; ask first where something typed or chosen would be lost."""
        self._leave()

    @work(exclusive=True, group="leave")
    async def _leave(self) -> None:
        from tui.screens.locked import Locked
        from tui.screens.yes_or_no import YesOrNo

        is_sure = isinstance(self.screen, (YesOrNo, TooSmall, Locked))
        unfinished = any(
            isinstance(window, Window) and window.loses_something for window in self.screen_stack
        )
        if (
            unfinished
            and not is_sure
            and not await self.push_screen_wait(
                YesOrNo(
                    _("Salir"),
                    _("¿Salir sin terminar? Lo que está abierto se descarta."),
                    _("Salir"),
                )
            )
        ):
            return
        self.go()

    def end_idle(self) -> None:
        """End the session since nobody is there."""
        from store.accounts.tables import SessionEnd

        self.go(SessionEnd.IDLE, _("La sesión terminó porque nadie tocó el teclado."))

    @work(exclusive=True, group="going")
    async def go(self, ending: SessionEnd | None = None, message: str = "") -> None:
        """End the session, and the process with it."""
        await asyncio.to_thread(self.close_session, ending)
        self.exit(message=Text(message) if message else None)

    @property
    def is_inside(self) -> bool:
        """Whether somebody is signed in."""
        return self._inside is not None

    def close_session(self, ending: SessionEnd | None = None) -> None:
        """Write down, once, that whoever is in has left: by «Salir» unless it is said how."""
        person, self._inside = self._inside, None
        if person is None or self._store is None:
            return
        from store.accounts.signing_in import sign_out
        from store.accounts.tables import SessionEnd

        try:
            sign_out(self._store, person, ending or SessionEnd.LEFT)
        except Refusal as refusal:
            # Whoever leaves is not kept: the missing line in the audit goes to the log.
            log_refusal(refusal)

    def on_resize(self, event: Resize) -> None:
        """Cover the desk where it does not fit, once the app has taken its new size."""
        self.call_later(self._mind_size)

    def push_screen(self, *args: Any, **kwargs: Any) -> Any:
        """Put a screen on top, and the cover over it where the terminal is too small."""
        pushed = super().push_screen(*args, **kwargs)
        self.call_after_refresh(self._mind_size)
        return pushed

    def _mind_size(self) -> None:
        if not fits(self.size) and not isinstance(self.screen, TooSmall):
            self._type_ahead.cover()
            super().push_screen(TooSmall(), lambda _answer: self._type_ahead.uncover())

    def copy_to_clipboard(self, text: str) -> None:
        """Copy nothing: what is on a desk's screen does not leave it by the terminal's clipboard."""

    def _handle_exception(self, error: Exception) -> None:
        """Say a refusal that no window foresaw, such as a server gone between two reads; all else ends the desk."""
        refusal = error.error if isinstance(error, WorkerFailed) else error
        lines = [line for screen in self.screen_stack for line in screen.query(StatusLine)]
        if not isinstance(refusal, Refusal) or not lines:
            super()._handle_exception(error)
            return
        self.forget_typed()
        lines[-1].words = refusal.sentence

    def _fatal_error(self) -> None:
        """Say one line with a reference; the log has the rest (Textual would print the locals, passwords too)."""
        error = self._exception
        # Only the worker's own error knows where it happened.
        reference = log_failure(error.error if isinstance(error, WorkerFailed) else error)
        if not self._exit_renderables:  # what fails on the way out is logged, and said once
            self.bell()
            self.panic(Text(said_of_failure(reference)))


def _said_of_last_access(store: Store, signed_in: SignedIn) -> str:
    if signed_in.last_access_at is None:
        return _("Es tu primer acceso.")
    # The place alone: a key's fingerprint would fill the line.
    place = (signed_in.last_access_origin or "").partition(" ")[0]
    return _("Último acceso: {moment} desde {place}.").format(
        moment=store.clock.moment_of(signed_in.last_access_at), place=place
    )
