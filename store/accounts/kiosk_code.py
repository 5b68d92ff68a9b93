"""The code that leaves a kiosk: the installation's own, and nobody's password."""

from __future__ import annotations

from store.accounts.passwords import matches
from store.accounts.person import Person
from store.accounts.signing_in import LIMITS
from store.attempts.limits import Try, reserve, settle
from store.attempts.tables import AttemptKind, Verdict
from store.audit.chain import record
from store.errors import Mistyped, NotAllowed
from store.installation.store import Store
from store.text import _

KIOSK = "kiosk"


def check_kiosk_code(store: Store, code: str, origin: str) -> None:
    """Check the code that was typed; wrong ones wait longer and longer, also across restarts.

    Raises:
        NotAllowed: The settings name no code: this kiosk is left only from another terminal.
        TooManyAttempts: Somebody has guessed too often.
        Mistyped: It is not the code.
    """
    kept = store.settings.kiosk_code_hash
    if kept is None:
        raise NotAllowed(_("Este kiosco no tiene código; se deja desde otra terminal."))
    if not code:
        raise Mistyped(_("Escribe el código del kiosco."), "code")
    subject = store.pepper.digest(KIOSK, "code").hex()
    with store.writing() as session:
        number = reserve(session, Try(AttemptKind.SIGN_IN, subject, origin), LIMITS, store.clock)
    right = matches(kept.get_secret_value(), code)
    with store.writing() as session:
        settle(session, number, Verdict.FREE if right else Verdict.COUNTED)
        action = "kiosk.left" if right else "kiosk.code_refused"
        record(session, Person(None, "", origin), action, KIOSK, now=store.clock.now())
    if not right:
        raise Mistyped(_("El código no es correcto."), "code")
