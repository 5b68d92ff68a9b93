"""An Espacio in words: what it is, what it has, until when; and what a plan would do to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from store.calendar import long_date
from store.espacio.offers import Offer
from store.espacio.removing import Removal
from store.espacio.summary import EspacioSummary
from store.espacio.tables import ContractState
from store.money import pesos
from store.orders.tables import Change
from store.text import _, ngettext

_CHANGES = {
    Change.CONTRACT: _("Empieza hoy"),
    Change.UPGRADE: _("Empieza hoy en lugar del actual"),
    Change.RENEWAL: _("Renueva el actual"),
    Change.DOWNGRADE: _("Empieza al terminar el actual"),
}

_STILL = {
    ContractState.GRACE: _("{ended} · todo funciona hasta el {day}"),
    ContractState.SUSPENDED: _("{ended} · solo lectura hasta el {day}"),
}


def said_of_change(offer: Offer) -> str:
    """Write what a plan would do: «Renueva el actual: del 04/08/2020 al 04/09/2020»."""
    return _("{change}: del {start} al {end}").format(
        change=_CHANGES[offer.change],
        start=long_date(offer.starts_on),
        end=long_date(offer.ends_on),
    )


def asked_of(removal: Removal) -> tuple[str, str, str]:
    """Write the question before a scheduled change is taken back: its title, its words, and its yes."""
    words = _(
        "{plan} no empezará el {day}. Lo que se pagó, {amount}, queda como saldo a favor."
    ).format(
        plan=removal.plan.name, day=long_date(removal.starts_on), amount=pesos(removal.centavos)
    )
    return _("Quitar el cambio programado"), words, _("Quitar el cambio")


def said_of_today(summary: EspacioSummary | None) -> str:
    """Write what the desk has in one line: «1G gratuito · 1 Usuario · https://espacio…»."""
    if summary is None:
        return _("sin Espacio")
    return f"{summary.plan.modality} · {summary.plan.users} · {summary.address}"


def said_of_espacio(summary: EspacioSummary | None) -> Sequence[tuple[str, str]]:
    """Write what an Espacio is and has."""
    if summary is None:
        return ((_("Modalidad"), _("Tu escritorio todavía no tiene un Espacio.")),)
    return tuple(_pairs(summary))


def _pairs(summary: EspacioSummary) -> Iterable[tuple[str, str]]:
    plan = summary.plan
    yield _("Modalidad"), f"{plan.modality} · {summary.state_words}"
    yield _("Dirección"), summary.address
    yield _("Usuario"), summary.username
    yield _("Usuarios"), _("{n} en uso · {most}").format(n=summary.users_in_use, most=plan.users)
    yield (
        _("Almacenamiento"),
        _("{n:,} MB en uso de {most}").format(n=summary.storage_in_use_mb, most=plan.storage),
    )
    if plan.custody:
        yield _("Resguardo CFDI"), plan.custody
    yield _("Vigencia"), said_of_days(summary)
    if summary.scheduled is not None:
        yield (
            _("Después"),
            _("{plan} desde el {day}").format(
                plan=summary.scheduled.plan.modality, day=long_date(summary.scheduled.starts_on)
            ),
        )


def said_of_days(summary: EspacioSummary) -> str:
    """Write from when to when, and how many days are left; of one that has ended, what still holds and until when."""
    if summary.state is not ContractState.ACTIVE:
        return _said_of_end(summary)
    since = _("desde el {day}").format(day=long_date(summary.starts_on))
    if summary.ends_on is None or summary.days_left is None:
        return _("{since}, sin fecha final").format(since=since)
    left = ngettext("queda {n} día", "quedan {n} días", summary.days_left)
    return _("{since} hasta el {day} · {left}").format(
        since=since, day=long_date(summary.ends_on), left=left.format(n=summary.days_left)
    )


def _said_of_end(summary: EspacioSummary) -> str:
    if summary.ends_on is None or summary.state is ContractState.CANCELLED:
        return _("ya no está vigente")
    ended = _("terminó el {day}").format(day=long_date(summary.ends_on))
    if summary.state_until is None:
        return ended
    return _STILL[summary.state].format(ended=ended, day=long_date(summary.state_until))
