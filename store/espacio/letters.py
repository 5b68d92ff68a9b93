"""What the mails about an Espacio say; a code that can be used once, never a password (SPEC 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from store.calendar import Clock, long_date
from store.catalogue.words import Words
from store.espacio.codes import IssuedCode
from store.espacio.plans import PlanRow
from store.espacio.tables import ContractState
from store.mail.letters import Letter
from store.money import pesos
from store.orders.tables import Change
from store.text import _, clean, ngettext


@dataclass(frozen=True)
class Entry:
    """How an Espacio is entered."""

    name: str
    username: str
    issued: IssuedCode | None
    """`None` where it has a password already."""

    @property
    def secret(self) -> str:
        """The code in clear, for the mail alone; its body is kept masked."""
        return self.issued.code.grouped() if self.issued else ""


@dataclass(frozen=True)
class Term:
    """What was contracted."""

    plan: PlanRow
    starts_on: date
    ends_on: date


_HEADS = {
    Change.CONTRACT: _("Contrataste {plan}"),
    Change.UPGRADE: _("Tu Espacio ahora es {plan}"),
    Change.RENEWAL: _("Renovaste {plan}"),
    Change.DOWNGRADE: _("Tu cambio a {plan} quedó programado"),
}


class Writer:
    """Writes letters in the vendor's words and the desk's time."""

    def __init__(self, words: Words, clock: Clock) -> None:
        self._words, self._clock = words, clock

    def free(self, plan: PlanRow, entry: Entry) -> Letter:
        """«espacio-gratuito»: seed 003, figure 4."""
        return Letter(
            subject=_("Tu {plan} está activo").format(plan=plan.name),
            body=_("El servicio se activó de forma correcta.\n\n{plan}\n{entry}").format(
                plan=_row(_("Modalidad"), plan.name) + _row(_("Almacenamiento"), plan.storage),
                entry=self._entry(entry),
            ),
            secret=entry.secret,
        )

    def delivered(self, change: Change, term: Term, entry: Entry) -> Letter:
        """«espacio-contratado» (seed 003, step 3 e), «espacio-actualizado», «espacio-renovado», «cambio-programado»."""
        plan, head = term.plan, _HEADS[change].format(plan=term.plan.name)
        rows = [
            _row(_("Modalidad"), plan.name),
            _row(_("Usuarios"), plan.users),
            _row(_("Almacenamiento"), plan.storage),
            _row(_("Desde"), long_date(term.starts_on)),
            _row(_("Hasta"), long_date(term.ends_on)),
        ]
        return Letter(head, f"{head}.\n\n{''.join(rows)}\n{self._entry(entry)}", entry.secret)

    def access(self, entry: Entry) -> Letter:
        """A new code, for who lost the first one or let it pass."""
        return Letter(
            subject=_("Código de acceso a tu Espacio {name}").format(name=clean(entry.name)),
            body=self._entry(entry),
            secret=entry.secret,
        )

    def ends_soon(self, plan: PlanRow, ends_on: date, days: int) -> Letter:
        """«por-vencer»: 15, 7 and 1 days before (SPEC 5)."""
        left = ngettext("{n} día", "{n} días", days).format(n=days)
        return Letter(
            subject=_("{plan} termina en {left}").format(plan=plan.name, left=left),
            body=_(
                "{plan} termina el {day}.\n"
                "\n"
                "Renuévalo en tu escritorio, en Mis Servicios > Espacio: el plazo nuevo cuenta desde ese día.\n"
            ).format(plan=plan.name, day=long_date(ends_on)),
        )

    def removed(self, plan: PlanRow, to_balance: int) -> Letter:
        """«cambio-cancelado»: it does not begin, and where its money is."""
        return Letter(
            subject=_("Tu cambio a {plan} ya no está programado").format(plan=plan.name),
            body=_("Quitaste el cambio a {plan}.\nQuedaron {amount} como saldo a favor.\n").format(
                plan=plan.name, amount=pesos(to_balance)
            ),
        )

    def moved(self, plan: PlanRow, state: ContractState, day: date | None) -> Letter:
        """«cambio-aplicado», «en-gracia», «espacio-suspendido», «espacio-vencido».

        Args:
            day: Until when the state lasts, where it does.
        """
        until = "" if day is None else long_date(day)
        subject, body = {
            ContractState.ACTIVE: (_("Tu Espacio ahora es {plan}"), _("{plan} empezó hoy.\n")),
            ContractState.GRACE: (
                _("{plan} terminó"),
                _("{plan} terminó. Todo funciona hasta el {day}: renuévalo antes en tu escritorio.\n"),
            ),
            ContractState.SUSPENDED: (
                _("{plan} está suspendido"),
                _("{plan} está suspendido: solo lectura. Puedes renovarlo hasta el {day}.\n"),
            ),
            ContractState.EXPIRED: (
                _("{plan} venció"),
                _("{plan} venció. El nombre de tu Espacio se conserva; puedes contratarlo de nuevo.\n"),
            ),
        }[state]  # fmt: skip
        return Letter(subject.format(plan=plan.name), body.format(plan=plan.name, day=until))

    def _entry(self, entry: Entry) -> str:
        rows = _row(_("Espacio"), entry.name) + _row(_("Usuario"), entry.username)
        rows += _row(_("Sitio"), self._words.address_of(entry.name))
        if entry.issued is None:
            return rows + _("\nEntra con la contraseña que ya tienes.\n")
        until = self._clock.moment_of(entry.issued.expires_at)
        return (
            rows
            + _row(_("Código"), str(entry.issued.code))
            + _(
                "\nPon tu contraseña en tu escritorio, en Mis Servicios > Espacio, con el código:"
                " sirve una vez, hasta el {until}.\n"
            ).format(until=until)
        )


def _row(title: str, value: str) -> str:
    return f"  {title + ':':<16} {clean(value)}\n"
