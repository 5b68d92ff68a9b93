"""Settings: the environment (`ESCRITORIO_…`), then a TOML file, then the defaults.

The file is `config.toml` in the platform's config folder, or where `ESCRITORIO_CONFIG` points. Unknown names are
refused in both, so that a mistyped setting is never silently ignored.
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import PlatformDirs
from pydantic import AfterValidator, Field, SecretStr, ValidationError, ValidationInfo
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from store.errors import NotAllowed, SettingsRefused
from store.orders.reference import read_clabe
from store.text import _, clean, said_of_fault

PREFIX = "ESCRITORIO_"
CONFIG_VARIABLE = "ESCRITORIO_CONFIG"
OF_THE_TERMINAL = frozenset({"ESCRITORIO_ASCII", "ESCRITORIO_NO_COLOR", "ESCRITORIO_CURSOR"})
"""Variables that are no setting of an installation: the desk has read them before the store is opened."""
DEMO_CLABE = "032180000118359719"
"""The example that every description of a CLABE uses; nobody's account."""
_folders = PlatformDirs("escritorio", appauthor=False)
_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_ADDRESS = re.compile(rf"{_ATOM}(\.{_ATOM})*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", re.ASCII)
"""An address and nothing else (RFC 5322's dot-atoms); a host without a point may stand on its own network."""


def config_folder() -> Path:
    """Give the platform's folder for settings and the pepper."""
    return _folders.user_config_path


def data_folder() -> Path:
    """Give the platform's folder for stores."""
    return _folders.user_data_path


def config_file() -> Path:
    """Give the settings file, whether it exists or not."""
    return Path(os.environ.get(CONFIG_VARIABLE) or config_folder() / "config.toml")


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(_("zona horaria desconocida")) from error
    return name


def _one_address(address: str) -> str:
    if not _ADDRESS.fullmatch(address):
        raise ValueError(_("escribe solo una dirección, como escritorio@example.com"))
    return address


def _whole_account(clabe: str | None, known: ValidationInfo) -> str | None:
    """Check a CLABE, and that it is said whose it is and where: half an account would send money astray."""
    said = [known.data.get("beneficiary"), known.data.get("bank"), clabe]
    if any(said) and not all(said):
        raise ValueError(_("define juntos beneficiary, bank y clabe, o ninguno"))
    return read_clabe(clabe) if clabe else None


class KioskEntry(StrEnum):
    """An entry of the menu that a kiosk may offer."""

    KEYS = "keys"
    ESPACIO = "espacio"
    SHOP = "shop"


class Settings(BaseSettings):
    """What an installation may set; each name is also `ESCRITORIO_` + the name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, extra="forbid", hide_input_in_errors=True, env_ignore_empty=True
    )

    store: str = Field(default_factory=lambda: str(data_folder() / "escritorio.db"))
    """A SQLite file, or a `postgresql://` address."""
    zone: Annotated[str, AfterValidator(_known_zone)] = "America/Mexico_City"
    """The desk's time zone, an IANA name."""
    catalogue: Path | None = None
    """The price list that a new store starts with; by default the sample one of the package."""
    words: Path | None = None
    """The file of the vendor's words; by default those of the seeds."""
    pepper: SecretStr | None = None
    """The pepper itself, in hexadecimal; otherwise it is read from `pepper_file`."""
    pepper_file: Path | None = None
    """The pepper's file; by default one named after its fingerprint, in the config folder."""
    state: Path = Field(default_factory=lambda: _folders.user_state_path)
    """The folder of the log."""
    maildir: Path | None = None
    """Where mails are written where no SMTP server is set; by default `<store>.mail` beside the store."""
    mail_from: Annotated[str, AfterValidator(_one_address)] = "escritorio@localhost"
    """The sender of every mail."""
    smtp_host: str | None = None
    """The mail server; none set means a Maildir."""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    """The mail server's port."""
    smtp_user: str | None = None
    """The name to sign in to the mail server with, if it wants one."""
    smtp_password: SecretStr | None = None
    """Its password."""
    smtp_starttls: bool = True
    """Whether the connection must be encrypted before anything is said."""
    beneficiary: str | None = Field(default=None, max_length=60)
    """Who is paid by SPEI, deposit or cheque; set together with `bank` and `clabe`, or these methods are hidden."""
    bank: str | None = Field(default=None, max_length=60)
    """The bank of that account."""
    clabe: Annotated[str | None, AfterValidator(_whole_account)] = Field(
        default=None, validate_default=True
    )
    """Its 18 digits, spaces or not; the last one checks the others."""
    days_to_pay: int = Field(default=5, ge=1, le=90)
    """Working days until an order that was not paid expires."""
    four_eyes: bool = True
    """Whether a payment is confirmed by another person than recorded it; each payment keeps what was in force."""
    idle_warning_seconds: int = Field(default=15, ge=0)
    """How long before the lock, or before the end where there is none, somebody is warned; 0 is never."""
    idle_lock_seconds: int = Field(default=600, ge=0)
    """After how long without a key a desk asks for the password again; 0 is never."""
    idle_end_seconds: int = Field(default=3600, ge=0)
    """After how long without a key a session ends; 0 is never."""
    kiosk_entries: list[KioskEntry] = Field(default=[KioskEntry.KEYS], min_length=1)
    """What a kiosk offers of the menu; `keys` is activating keys and the list of them."""
    kiosk_idle_seconds: int = Field(default=60, ge=5)
    """After how long without a key a kiosk is back at its first page."""
    kiosk_code_hash: SecretStr | None = None
    """What `escritorio kiosk --hash-code` printed; without one no code leaves a kiosk."""
    files: bool = True
    """Whether anything is saved into `exports` or read from `imports`; at a kiosk nothing ever is."""
    exports: Path = Field(default_factory=lambda: data_folder() / "exports")
    """The folder of fichas, receipts and lists that are saved."""
    imports: Path = Field(default_factory=lambda: data_folder() / "imports")
    """The folder of the files that a desk may read: lists of keys to activate."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file."""
        return (
            init_settings,
            env_settings,
            TomlConfigSettingsSource(settings_cls, toml_file=config_file()),
        )

    @property
    def zone_info(self) -> ZoneInfo:
        """The desk's time zone."""
        return ZoneInfo(self.zone)


def refuse_without_files(settings: Settings) -> None:
    """Refuse to save or read a file where none may be.

    Raises:
        NotAllowed: The desk is a kiosk's, or the installation has none.
    """
    if not settings.files:
        raise NotAllowed(_("Aquí no se guardan ni se leen archivos."))


def with_demo_account(settings: Settings) -> Settings:
    """Give the demo an account to be paid at (SPEC 8), unless the settings name one."""
    if settings.clabe is not None:
        return settings
    account = {
        "beneficiary": "Escritorio de demostración",
        "bank": "Banco de ejemplo",
        "clabe": DEMO_CLABE,
    }
    return settings.model_copy(update=account)


def load_settings(**overrides: object) -> Settings:
    """Read the settings.

    Raises:
        SettingsRefused: An unknown name, an impossible value, an unreadable file, or a file that holds a secret and
            that others can read.
    """
    _refuse_unknown_variables()
    _refuse_missing_file()
    try:
        settings = Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        raise SettingsRefused(_first_problem(error)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsRefused(
            _("No se puede leer {file}: {problem}.").format(
                file=clean(config_file()), problem=_said_of_file(error)
            )
        ) from None
    _refuse_open_secrets()
    return settings


def _said_of_file(error: OSError | ValueError) -> str:
    """Say why the settings file cannot be read: the system's reason, or that it is no TOML, and where."""
    if isinstance(error, OSError):
        return said_of_fault(error)
    place = re.search(r"line (\d+)", str(error))
    if place is None:
        return _("no es un archivo TOML en UTF-8")
    return _("no es TOML en la línea {line}").format(line=place[1])


def _refuse_unknown_variables() -> None:
    """Refuse what pydantic-settings lets pass: unknown names in the environment."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    known |= OF_THE_TERMINAL | {CONFIG_VARIABLE}
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in known:
            raise SettingsRefused(
                _("La variable {name} no existe; revisa su nombre.").format(name=clean(name))
            )


def _refuse_missing_file() -> None:
    """Refuse what pydantic-settings lets pass too: no file where the environment says that there is one."""
    if os.environ.get(CONFIG_VARIABLE) and not config_file().is_file():
        raise SettingsRefused(
            _("No se puede leer {file}: no existe.").format(file=clean(config_file()))
        )


def _first_problem(error: ValidationError) -> str:
    problem = error.errors(include_url=False, include_input=False)[0]
    name = clean(".".join(str(part) for part in problem["loc"]))
    if problem["type"] == "extra_forbidden":
        return _("El ajuste «{name}» no existe; revisa {file}.").format(
            name=name, file=clean(config_file())
        )
    return _("El ajuste «{name}» no es válido: {problem}.").format(
        name=name, problem=clean(_said_of(problem["type"], problem["msg"]))
    )


def _said_of(kind: str, message: str) -> str:
    """Say in Spanish what pydantic found; the settings' own rules do so themselves."""
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    wanted = {"int": _("escribe un número entero"), "bool": _("escribe true o false")}
    return wanted.get(kind.partition("_")[0], _("su valor no es de los que admite"))


def _refuse_open_secrets() -> None:
    path = config_file()
    if not path.is_file():
        return
    secrets = {"pepper", "smtp_password", "kiosk_code_hash"} & tomllib.loads(
        path.read_text("utf-8")
    ).keys()
    if secrets and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise SettingsRefused(
            _("{file} guarda un secreto y otros pueden leerlo: ejecuta «chmod 600 {file}».").format(
                file=clean(path)
            )
        )
