"""How an event is told: what was done, and to what."""

from __future__ import annotations

from store.text import _

_ACTIONS = {
    "account.added": _("Alta de usuario"),
    "account.key_bound": _("Llave pública ligada"),
    "account.key_unbound": _("Llave pública desligada"),
    "account.password_changed": _("Cambió su contraseña"),
    "account.password_reset": _("Contraseña restablecida"),
    "account.sign_in_refused": _("Entrada rechazada"),
    "account.signed_in": _("Entró"),
    "account.signed_out": _("Salió"),
    "desk.added": _("Alta de escritorio"),
    "espacio.activated": _("Espacio gratuito activado"),
    "espacio.change_removed": _("Cambio de Espacio retirado"),
    "espacio.code_handed_over": _("Código entregado en persona"),
    "espacio.code_refused": _("Código rechazado"),
    "espacio.code_sent": _("Código enviado"),
    "espacio.contract": _("Espacio contratado"),
    "espacio.downgrade": _("Espacio reducido"),
    "espacio.passed": _("Contrato cambió de estado"),
    "espacio.password_set": _("Contraseña de Espacio puesta"),
    "espacio.renewal": _("Espacio renovado"),
    "espacio.sign_in_refused": _("Entrada al Espacio rechazada"),
    "espacio.signed_in": _("Entró al Espacio"),
    "espacio.upgrade": _("Espacio ampliado"),
    "key.confirmed": _("Clave confirmada"),
    "key.hold": _("Clave bloqueada"),
    "key.refused": _("Clave rechazada"),
    "key.release": _("Clave liberada"),
    "key.void": _("Clave anulada"),
    "key.withhold": _("Clave retenida"),
    "keys.exported": _("Lista de claves exportada"),
    "kiosk.code_refused": _("Código del quiosco rechazado"),
    "kiosk.left": _("Salida del quiosco"),
    "lot.expired": _("Lote vencido"),
    "lot.imported": _("Lote importado"),
    "lot.issued": _("Lote emitido"),
    "mail.sent_again": _("Correo reintentado"),
    "order.cancelled": _("Pedido cancelado"),
    "order.delivered": _("Pedido surtido"),
    "order.expired": _("Pedido vencido"),
    "order.placed": _("Pedido hecho"),
    "payment.confirmed": _("Pago confirmado"),
    "payment.declared": _("Pago declarado"),
    "payment.from_balance": _("Pago con saldo a favor"),
    "payment.recorded": _("Pago registrado"),
    "payment.rejected": _("Pago rechazado"),
    "prices.loaded": _("Lista de precios cargada"),
    "refund.approved": _("Reembolso aprobado"),
    "refund.asked": _("Reembolso pedido"),
    "refund.rejected": _("Reembolso rechazado"),
    "session.ended": _("Sesión terminada"),
    "session.unlock_refused": _("Desbloqueo rechazado"),
    "session.unlocked": _("Sesión desbloqueada"),
    "statement.columns": _("Columnas del banco cambiadas"),
    "statement.read": _("Estado de cuenta leído"),
}
_SUBJECTS = {
    "account": _("usuario"),
    "desk": _("escritorio"),
    "espacio": _("Espacio"),
    "key": _("clave"),
    "kiosk": _("quiosco"),
    "lot": _("lote"),
    "mail": _("correo"),
    "order": _("pedido"),
    "payment": _("pago"),
    "price-list": _("lista de precios"),
    "refund": _("reembolso"),
    "session": _("sesión"),
    "statement": _("estado de cuenta"),
}


def said_of_action(action: str) -> str:
    """Write what was done: «Clave confirmada»; what an older or newer program did is written as it wrote it."""
    return _ACTIONS.get(action, action)


def said_of_subject(subject: str) -> str:
    """Write what it was done to: «clave 12», by the store's own number."""
    kind, _colon, number = subject.partition(":")
    words = _SUBJECTS.get(kind, kind)
    if number == "unknown":
        return _("{kind} que no hay").format(kind=words)
    return f"{words} {number}" if number.isdecimal() else words
