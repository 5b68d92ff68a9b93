"""Settings: the environment wins over the file, and a mistyped name is never ignored."""

from datetime import timedelta
from pathlib import Path

import pytest

from store.errors import SettingsRefused
from store.settings import Settings, config_file, config_folder, data_folder, load_settings
from tests.store.refusals import refused

Environment = pytest.MonkeyPatch


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Environment:
    """The variables of the process."""
    return monkeypatch


@pytest.fixture
def file() -> Path:
    """The settings file, where nobody named another; it is not there yet."""
    file = config_file()
    assert file == config_folder() / "config.toml"
    file.parent.mkdir(parents=True)
    return file


def test_nothing_has_to_be_set(tmp_path: Path) -> None:
    settings = load_settings()
    assert settings.store == str(data_folder() / "escritorio.db")
    assert settings.store.startswith(str(tmp_path))
    assert settings.zone == "America/Mexico_City"
    assert settings.zone_info.utcoffset(None) is None
    assert settings.pepper is None
    assert settings.smtp_host is None
    assert settings.smtp_starttls


def test_the_environment_wins_over_the_file(file: Path, environment: Environment) -> None:
    file.write_text('store = "/file.db"\nzone = "America/Tijuana"\n')
    environment.setenv("ESCRITORIO_STORE", "/environment.db")
    settings = load_settings()
    assert settings.store == "/environment.db"
    assert settings.zone == "America/Tijuana"


def test_an_argument_wins_over_both(file: Path, environment: Environment) -> None:
    file.write_text('store = "/file.db"\n')
    environment.setenv("ESCRITORIO_STORE", "/environment.db")
    assert load_settings(store="/argument.db").store == "/argument.db"


def test_an_empty_variable_is_as_good_as_none(environment: Environment) -> None:
    environment.setenv("ESCRITORIO_ZONE", "")
    assert load_settings().zone == "America/Mexico_City"


def test_the_file_may_stand_elsewhere(tmp_path: Path, environment: Environment) -> None:
    elsewhere = tmp_path / "ajustes.toml"
    elsewhere.write_text("smtp_port = 25\n")
    environment.setenv("ESCRITORIO_CONFIG", str(elsewhere))
    assert load_settings().smtp_port == 25


def test_a_mistyped_place_of_the_file_is_not_ignored(
    tmp_path: Path, environment: Environment
) -> None:
    environment.setenv("ESCRITORIO_CONFIG", str(tmp_path / "ajsutes.toml"))
    with refused(f"No se puede leer {tmp_path / 'ajsutes.toml'}: no existe.", SettingsRefused):
        load_settings()


def test_a_mistyped_variable_is_refused(environment: Environment) -> None:
    environment.setenv("ESCRITORIO_SOTRE", "/a.db")
    with refused("La variable ESCRITORIO_SOTRE no existe; revisa su nombre.", SettingsRefused):
        load_settings()


def test_a_mistyped_name_in_the_file_is_refused(file: Path) -> None:
    file.write_text('sotre = "/a.db"\n')
    with refused(f"El ajuste «sotre» no existe; revisa {file}.", SettingsRefused):
        load_settings()


@pytest.mark.parametrize(
    "line",
    [
        'zone = "America/Mexico"',
        'zone = "../../etc/passwd"',
        'zone = ""',
        "smtp_port = 0",
        "smtp_port = 65536",
        'smtp_starttls = "quizá"',
        "store = 3",
        'mail_from = "Escritorio <escritorio@example.com>"',
        'mail_from = "escritorio"',
        'mail_from = "a@example.com\\r\\nBcc: b@example.com"',
    ],
)
def test_an_impossible_value_is_refused_by_its_name(file: Path, line: str) -> None:
    file.write_text(line + "\n")
    name = line.split(" ", 1)[0]
    with pytest.raises(SettingsRefused, match=rf"^El ajuste «{name}» no es válido: "):
        load_settings()


def test_a_zone_that_is_unknown_is_refused_in_spanish(environment: Environment) -> None:
    environment.setenv("ESCRITORIO_ZONE", "America/Mexico")
    with refused("El ajuste «zone» no es válido: zona horaria desconocida.", SettingsRefused):
        load_settings()


@pytest.mark.parametrize("content", [b"store = ", b"\xff\xfe", b"[store\n"])
def test_a_file_that_cannot_be_read_is_named(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(SettingsRefused) as refusal:
        load_settings()
    assert refusal.value.sentence.startswith(f"No se puede leer {file}: ")


@pytest.mark.parametrize("secret", ['pepper = "00"', 'smtp_password = "secreta"'])
def test_a_secret_in_a_file_that_others_can_read_is_refused(file: Path, secret: str) -> None:
    file.write_text(secret + "\n")
    for mode in (0o640, 0o604, 0o644):
        file.chmod(mode)
        with refused(
            f"{file} guarda un secreto y otros pueden leerlo: ejecuta «chmod 600 {file}».",
            SettingsRefused,
        ):
            load_settings()
    file.chmod(0o600)
    load_settings()


def test_a_file_without_secrets_may_be_read_by_anybody(file: Path) -> None:
    file.write_text("smtp_port = 25\n")
    file.chmod(0o644)
    assert load_settings().smtp_port == 25


def test_secrets_are_shown_nowhere(file: Path, environment: Environment) -> None:
    environment.setenv("ESCRITORIO_PEPPER", "c0ffee" * 10)
    environment.setenv("ESCRITORIO_SMTP_PASSWORD", "muy-secreta")
    settings = load_settings()
    for shown in (repr(settings), str(settings), str(settings.model_dump())):
        assert "c0ffee" not in shown
        assert "muy-secreta" not in shown


def test_a_refused_value_is_not_repeated(environment: Environment) -> None:
    environment.setenv("ESCRITORIO_SMTP_PORT", "muy-secreta")
    with pytest.raises(SettingsRefused) as refusal:
        load_settings()
    assert "muy-secreta" not in refusal.value.sentence


def test_a_zone_is_a_place_on_earth() -> None:
    settings = Settings(zone="America/Tijuana")
    assert settings.zone_info.key == "America/Tijuana"
    assert settings.zone_info.utcoffset(None) != timedelta()
