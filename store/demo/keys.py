"""The demo's keys: the seed's figure to the letter, sixty others, and those that a person may type."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session, col, select

from store.accounts.tables import Account, Desk
from store.calendar import Clock
from store.clients.clients import add_client
from store.clients.tables import Client
from store.demo.names import OTHERS, TO_TYPE
from store.demo.people import BEGAN, MAKER
from store.installation.pepper import Pepper
from store.keys.code import ALPHABET, KeyCode, complete
from store.keys.life import Move, find_key, move_key
from store.keys.lots import key_mac
from store.keys.tables import KeyLot, KeyState, PrepaidKey
from store.legal.tables import Acceptance, LegalKind
from store.legal.texts import current

_CLIENTS = (
    "Empresa 1",
    "Empresa 2",
    "Empresa 3",
    "Xenon Industrial Articles S.A. de C.V.",
    "Indistria Iluminadora de Almacenes",
    "Kernel Industria Juguetera",
    "Innovación Valor y Desarrollo, Sociedad Anónima Promotora de Inversión",
    "Universidad Robótica Española",
    "Xóchitl Casas Chávez",
    "Adriana Juárez Fernández",
    "Karla Fuente Nolasco",
    "María Watember Torres",
    "Herrería & Eléctricos",
    "Orgánicos Ñávez Osorio",
    "Ñandú y Hermanos",
)


@dataclass(frozen=True)
class _Confirmed:
    """A key that a desk holds since some day."""

    units: int
    on: date
    at: time
    used_on: date | None = None
    client: str | None = None


_FIGURE = (
    _Confirmed(200, date(2020, 7, 14), time(12, 40)),
    _Confirmed(200, date(2020, 7, 14), time(11, 5), date(2020, 7, 14), "Empresa 1"),
    _Confirmed(50, date(2020, 7, 14), time(10, 20), date(2020, 7, 14), "Empresa 3"),
    _Confirmed(50, date(2020, 7, 13), time(17, 30), date(2020, 7, 14), "Empresa 2"),
)
"""Seed 000, figure 5, to the letter."""
_TOO_EARLY = _Confirmed(50, date(2020, 5, 13), time(16, 0), date(2020, 5, 20), "Empresa 1")
"""One day outside the default range, so that the filter can be seen at work."""


class KeyFurnisher:
    """Fills the demo with keys and clients, always the same."""

    def __init__(self, session: Session, pepper: Pepper, clock: Clock) -> None:
        self.session, self.pepper, self.clock = session, pepper, clock
        self.random = random.Random(2020)

    def furnish(self, distributor: Desk, other: Desk) -> None:
        """Make the clients and the keys of the distributor's desk, and the keys to type."""
        clients = self._clients(distributor)
        for units, confirmed in _by_units([*_FIGURE, _TOO_EARLY, *self._others()]):
            lot = self._lot(f"D-{units:06}", units, len(confirmed))
            for key in confirmed:
                self._confirmed(lot, distributor, key, self._draw(), clients)
        self._to_type(other)
        self._staff_moves(distributor)

    def _clients(self, desk: Desk) -> dict[str, Client]:
        return {name: add_client(self.session, desk.id, name, now=BEGAN) for name in _CLIENTS}

    def _others(self) -> Iterator[_Confirmed]:
        """Two of five available, the rest used; the days from February to the eve of the figure's."""
        for number in range(OTHERS):
            on = date(2020, 2, 15) + timedelta(days=number * 147 // (OTHERS - 1))
            used = number % 5 >= 2
            yield _Confirmed(
                units=self.random.choice((50, 50, 200, 200, 500)),
                on=on,
                at=time(9 + number % 9, number * 7 % 60),
                used_on=min(on + timedelta(days=self.random.randrange(20)), date(2020, 7, 14)) if used else None,
                client=self.random.choice(_CLIENTS) if used else None,
            )  # fmt: skip

    def _draw(self) -> KeyCode:
        return complete("".join(self.random.choices(ALPHABET, k=15)))

    def _lot(self, folio: str, units: int, quantity: int, redeem_by: date | None = None) -> KeyLot:
        lot = KeyLot(
            folio=folio,
            product_code=f"TIMBRES-{units}",
            quantity=quantity,
            redeem_by=redeem_by,
            created_by=MAKER.username,
            created_at=BEGAN,
        )
        self.session.add(lot)
        self.session.flush()
        return lot

    def _issued(self, lot: KeyLot, units: int, code: KeyCode) -> PrepaidKey:
        key = PrepaidKey(
            lot_id=lot.id, mac=key_mac(self.pepper, code), signs=code.masked.signs, units=units
        )
        self.session.add(key)
        return key

    def _confirmed(
        self,
        lot: KeyLot,
        desk: Desk,
        story: _Confirmed,
        code: KeyCode,
        clients: dict[str, Client],
    ) -> None:
        moment = datetime.combine(story.on, story.at, self.clock.zone)
        account = self.session.exec(select(Account).where(Account.desk_id == desk.id)).one()
        acceptance = Acceptance(
            legal_text_id=current(self.session, LegalKind.PREPAID_LICENCE).id,
            account_id=account.id,
            desk_id=desk.id,
            accepted_at=moment,
        )
        self.session.add(acceptance)
        self.session.flush()
        client = clients[story.client] if story.client else None
        self.session.add(
            PrepaidKey(
                lot_id=lot.id,
                mac=key_mac(self.pepper, code),
                signs=code.masked.signs,
                units=story.units,
                state=KeyState.USED if client else KeyState.AVAILABLE,
                desk_id=desk.id,
                confirmed_at=moment,
                confirmed_on=story.on,
                confirmed_by=account.id,
                acceptance_id=acceptance.id,
                activated_on=story.used_on,
                client_id=client.id if client else None,
                client_sort_key=client.sort_key if client else "",
            )
        )

    def _to_type(self, other: Desk) -> None:
        """The keys of SPEC 3 that a person may try."""
        good_50, good_200, void, others, expired = (
            KeyCode(key.replace("-", "")) for key in TO_TYPE
        )
        fifties = self._lot("D-000001", 50, 3)
        self._issued(fifties, 50, good_50)
        self._issued(fifties, 50, void)
        self._issued(self._lot("D-000002", 200, 1), 200, good_200)
        self._issued(self._lot("D-000003", 50, 1, redeem_by=date(2020, 6, 30)), 50, expired)
        self._confirmed(fifties, other, _Confirmed(50, date(2020, 7, 1), time(12, 0)), others, {})
        self.session.flush()
        self._move(
            find_key(self.session, self.pepper, void),
            Move.VOID,
            "El distribuidor devolvió la tarjeta.",
        )

    def _staff_moves(self, desk: Desk) -> None:
        """One withheld and two void among the desk's available keys."""
        available = self.session.exec(
            select(PrepaidKey.id)
            .where(
                col(PrepaidKey.desk_id) == desk.id,
                col(PrepaidKey.state) == KeyState.AVAILABLE,
                col(PrepaidKey.confirmed_on) < date(2020, 7, 1),
            )
            .order_by(col(PrepaidKey.confirmed_at).desc())
        ).all()
        for place, move, reason in (
            (1, Move.WITHHOLD, "El cliente reportó la tarjeta extraviada."),
            (3, Move.VOID, "Se canceló la venta."),
            (6, Move.VOID, "Se repuso con otra clave."),
        ):
            self._move(available[place], move, reason)

    def _move(self, key_id: int, move: Move, reason: str) -> None:
        move_key(
            self.session,
            MAKER,
            key_id,
            move,
            reason,
            now=datetime(2020, 7, 2, 17, 0, tzinfo=UTC),
        )


def _by_units(keys: Sequence[_Confirmed]) -> Iterator[tuple[int, list[_Confirmed]]]:
    for units in sorted({key.units for key in keys}):
        yield units, [key for key in keys if key.units == units]
