"""A mail in words: where it is, what the server said, what it says."""

from __future__ import annotations

from collections.abc import Iterator

from store.calendar import Clock
from store.mail.listing import MailView
from store.mail.tables import MailState
from store.mail.words import said_of_mail
from store.text import _


def mail_text(view: MailView, clock: Clock) -> str:
    """Write all that may be told of a mail."""
    facts = (f"{name:11}{value}" for name, value in _facts(view, clock))
    return "\n".join([*facts, "", *view.body.splitlines()])


def _facts(view: MailView, clock: Clock) -> Iterator[tuple[str, str]]:
    row = view.row
    yield _("Para"), row.recipient
    yield _("Asunto"), row.subject
    yield _("Escrito"), clock.moment_of(row.created_at)
    yield _("Estado"), said_of_mail(row.state)
    yield _("Intentos"), str(row.attempts)
    if view.sent_at is not None:
        yield _("Enviado"), clock.moment_of(view.sent_at)
    elif row.state is not MailState.DEAD:
        yield _("Próximo"), clock.moment_of(view.next_at)
    if view.answer:
        yield _("Servidor"), view.answer
