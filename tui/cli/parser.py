"""What may be said on the command line."""

from __future__ import annotations

import argparse
from argparse import SUPPRESS
from typing import TypeAlias

from store.text import _
from tui.cli.spanish_parser import SpanishParser
from tui.environment import WISHES, option_of

Commands: TypeAlias = "argparse._SubParsersAction[SpanishParser]"


def build_parser() -> argparse.ArgumentParser:
    """Say what each command takes."""
    parser = SpanishParser(
        prog="escritorio",
        description=_(
            "Escritorio de servicios. Sin orden, abre el escritorio del almacén configurado."
        ),
    )
    add_wishes(parser)
    commands = parser.add_subparsers(dest="command", title=_("órdenes"), metavar=_("ORDEN"))
    _add_stores(commands)
    _add_desks(commands)
    _add_accounts(commands)
    _add_sessions(commands)
    _add_keys(commands)
    _add_mail(commands)
    _add_prices(commands)
    _add_clock(commands)
    _add_kiosk(commands)
    _add_deploy(commands)
    return parser


def add_wishes(parser: SpanishParser) -> None:
    """Add what may be wished of the terminal; what is not said is left to the environment."""
    wishes = parser.add_argument_group(_("terminal"))
    words = {
        "ascii": _("marcos y marcas con + - | > [x] (*)"),
        "no_color": _("sin colores"),
        "cursor": _("el cursor de la terminal sigue al foco, para lectores de pantalla y Braille"),
    }
    for wish in WISHES:
        wishes.add_argument(
            option_of(wish), action="store_true", default=SUPPRESS, help=words[wish]
        )


def _json(parser: SpanishParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("escribe JSON"))


def _add_stores(commands: Commands) -> None:
    commands.add_parser("init", help=_("crea el almacén y pide el primer administrador"))
    demo = commands.add_parser("demo", help=_("abre un escritorio de demostración (julio de 2020)"))
    demo.add_argument(
        "--store", metavar="RUTA", help=_("usa o crea la demostración en este archivo")
    )
    demo.add_argument(
        "--headless",
        action="store_true",
        help=_("hace la tarea principal sin pantalla y la cuenta"),
    )
    demo.add_argument(
        "--keys",
        type=int,
        default=0,
        metavar="N",
        help=_("además, con N claves en el escritorio del distribuidor (una demostración nueva)"),
    )
    add_wishes(demo)
    _json(commands.add_parser("doctor", help=_("revisa que el almacén esté íntegro")))


def _add_desks(commands: Commands) -> None:
    desks = commands.add_parser("desks", help=_("escritorios"))
    actions = desks.add_subparsers(dest="action", required=True, metavar=_("ACCIÓN"))
    add = actions.add_parser("add", help=_("crea un escritorio con su titular"))
    add.add_argument("--name", required=True, metavar="NOMBRE", help=_("nombre de la empresa"))
    add.add_argument("--rfc", required=True, metavar="RFC")
    add.add_argument("--email", required=True, metavar="CORREO")
    add.add_argument(
        "--kind",
        required=True,
        choices=("customer", "distributor"),
        help=_("cliente o distribuidor"),
    )
    add.add_argument(
        "--username", metavar="USUARIO", help=_("usuario del titular; si falta, se sugiere")
    )
    add.add_argument(
        "--border", action="store_true", help=_("está en la franja fronteriza: IVA de 8 %%")
    )
    _json(add)


def _add_accounts(commands: Commands) -> None:
    accounts = commands.add_parser("accounts", help=_("usuarios"))
    actions = accounts.add_subparsers(dest="action", required=True, metavar=_("ACCIÓN"))
    add = actions.add_parser("add", help=_("crea un usuario de un escritorio o del personal"))
    add.add_argument("username", metavar="USUARIO")
    kind = add.add_mutually_exclusive_group(required=True)
    kind.add_argument("--desk", metavar="ESCRITORIO", help=_("usuario que registró el escritorio"))
    kind.add_argument(
        "--staff", choices=("soporte", "caja", "auditor", "admin"), help=_("papel en el personal")
    )
    add.add_argument(
        "--role",
        choices=("operador", "consulta"),
        help=_("papel en el escritorio; si falta, operador"),
    )
    _json(add)
    _json(actions.add_parser("list", help=_("lista los usuarios")))
    password = actions.add_parser("password", help=_("da una contraseña inicial nueva"))
    password.add_argument("username", metavar="USUARIO")
    _json(password)
    _add_account_keys(actions)


def _add_account_keys(actions: Commands) -> None:
    bind = actions.add_parser("bind", help=_("liga un usuario a una llave pública de SSH"))
    bind.add_argument("username", metavar="USUARIO")
    bind.add_argument(
        "key", metavar="ARCHIVO", help=_("archivo .pub, o - para la entrada estándar")
    )
    bind.add_argument(
        "--instead",
        action="store_true",
        help=_("la llave basta; si falta, se pide además de la contraseña"),
    )
    unbind = actions.add_parser("unbind", help=_("quita una llave a un usuario"))
    unbind.add_argument("username", metavar="USUARIO")
    unbind.add_argument("fingerprint", metavar="HUELLA", help=_("como la muestra «accounts list»"))


def _add_sessions(commands: Commands) -> None:
    sessions = commands.add_parser("sessions", help=_("sesiones abiertas"))
    actions = sessions.add_subparsers(dest="action", required=True, metavar=_("ACCIÓN"))
    _json(actions.add_parser("list", help=_("lista quién está dentro, desde dónde y desde cuándo")))
    end = actions.add_parser("end", help=_("termina una sesión"))
    end.add_argument("session", type=int, metavar="N", help=_("como la muestra «sessions list»"))


def _add_keys(commands: Commands) -> None:
    keys = commands.add_parser("keys", help=_("claves de prepago"))
    actions = keys.add_subparsers(dest="action", required=True, metavar=_("ACCIÓN"))
    issue = actions.add_parser(
        "issue",
        help=_(
            "emite un lote y escribe sus claves en un archivo; cortada, la misma orden continúa"
        ),
    )
    issue.add_argument("--count", required=True, type=int, metavar="N")
    issue.add_argument(
        "--out", required=True, metavar="ARCHIVO", help=_("CSV nuevo; la única copia de las claves")
    )
    take = actions.add_parser(
        "import", help=_("importa claves de un CSV; cortada, la misma orden continúa")
    )
    take.add_argument("file", metavar="ARCHIVO")
    take.add_argument(
        "--vendor-length",
        type=int,
        metavar="N",
        help=_("claves de proveedor, de N letras o números y sin dígito verificador"),
    )
    take.add_argument(
        "--report",
        metavar="INFORME",
        help=_("CSV de las líneas rechazadas; si falta, claves.rechazadas.csv para claves.csv"),
    )
    for action in (issue, take):
        action.add_argument(
            "--product", required=True, metavar="PRODUCTO", help=_("por ejemplo, TIMBRES-50")
        )
        action.add_argument(
            "--redeem-by", metavar="FECHA", help=_("último día para confirmarlas, 31/12/2020")
        )
        action.add_argument("--quiet", action="store_true", help=_("no cuenta cómo va"))
        _json(action)
    move = actions.add_parser("move", help=_("bloquea, retiene, libera o anula una clave"))
    move.add_argument(
        "step",
        choices=("bloquear", "retener", "liberar", "anular"),
        help=_("qué hacer; la clave se pregunta"),
    )
    move.add_argument("--reason", required=True, metavar="MOTIVO")


def _add_mail(commands: Commands) -> None:
    mail = commands.add_parser("mail", help=_("correo"))
    actions = mail.add_subparsers(dest="action", required=True, metavar=_("ACCIÓN"))
    _json(actions.add_parser("list", help=_("lista los correos y su estado")))
    _json(actions.add_parser("send", help=_("envía los correos pendientes")))


def _add_prices(commands: Commands) -> None:
    prices = commands.add_parser("prices", help=_("precios"))
    actions = prices.add_subparsers(dest="action", required=True, metavar=_("ACCIÓN"))
    _json(actions.add_parser("show", help=_("lista los precios, sus fechas y su origen")))
    load = actions.add_parser("load", help=_("carga una lista de precios, entera o nada"))
    load.add_argument("file", metavar="ARCHIVO", help=_("TOML, como catalogue.toml del paquete"))
    _json(load)


def _add_clock(commands: Commands) -> None:
    tick = commands.add_parser(
        "tick", help=_("hace lo que toca por fecha: avisos, vencimientos, cambios programados")
    )
    _json(tick)


def _add_kiosk(commands: Commands) -> None:
    kiosk = commands.add_parser("kiosk", help=_("abre el escritorio como kiosco"))
    kiosk.add_argument(
        "--hash-code",
        action="store_true",
        help=_("pide el código que deja el kiosco y escribe la línea para el archivo de ajustes"),
    )
    add_wishes(kiosk)


def _add_deploy(commands: Commands) -> None:
    deploy = commands.add_parser("deploy", help=_("archivos y pasos para instalar el escritorio"))
    ways = deploy.add_subparsers(dest="action", required=True, metavar=_("FORMA"))
    ssh = ways.add_parser("ssh", help=_("para servirlo por SSH con un usuario del sistema"))
    ssh.add_argument("--user", required=True, metavar="USUARIO", help=_("por ejemplo, desk"))
    ssh.add_argument("--out", metavar="CARPETA", help=_("escribe los archivos ahí, como van en /"))
    kiosk = ways.add_parser("kiosk", help=_("para un kiosco en una consola de este equipo"))
    kiosk.add_argument("--tty", required=True, metavar="CONSOLA", help=_("por ejemplo, tty8"))
    kiosk.add_argument("--user", default="kiosk", metavar="USUARIO", help=_("si falta, kiosk"))
    kiosk.add_argument(
        "--out", metavar="CARPETA", help=_("escribe los archivos ahí, como van en /")
    )
