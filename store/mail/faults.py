"""Why a mail did not go, where it is no mail server's own answer."""

from __future__ import annotations

import smtplib
import socket
import ssl

from store.text import _, clean, said_of_fault

_CAUSES: tuple[tuple[type[OSError], str], ...] = (
    (
        ssl.SSLCertVerificationError,
        _("no se confía en el certificado del servidor ({problem})"),
    ),
    (ssl.SSLError, _("la conexión cifrada falló ({problem})")),
    (socket.gaierror, _("no se encuentra ese servidor")),
    (TimeoutError, _("el servidor no contesta")),
    (smtplib.SMTPServerDisconnected, _("el servidor cortó la conexión")),
    (
        smtplib.SMTPNotSupportedError,
        _("el servidor no ofrece lo que piden los ajustes ({problem})"),
    ),
)
"""What cannot be told by its number, which these do not have or use for something else."""


def said_of_connection(error: OSError) -> str:
    """Say what is wrong with the way to a mail server; what is rare is said as the system does."""
    cause = error
    # smtplib calls it a disconnection too when the server is silent.
    if isinstance(error, smtplib.SMTPServerDisconnected) and isinstance(error.__context__, OSError):
        cause = error.__context__
    for kind, words in _CAUSES:
        if isinstance(cause, kind):
            return words.format(problem=clean(getattr(cause, "verify_message", cause)))
    return said_of_fault(cause)
