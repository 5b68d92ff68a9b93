"""The pepper: the secret that keys are kept with, outside the store."""

import hmac
from pathlib import Path

import pytest
from pydantic import SecretStr

from store.errors import PepperDifferent, PepperMissing, SettingsRefused
from store.installation.opening import create_store, open_store
from store.installation.pepper import (
    DEMO_PEPPER,
    Pepper,
    configured_pepper,
    find_pepper,
    keep_pepper,
    new_pepper,
    pepper_file,
)
from store.settings import Settings, config_folder
from tests.store.refusals import refused

PEPPER = Pepper(bytes(range(32)))


def test_a_digest_is_an_hmac_and_its_purpose_keeps_it_apart() -> None:
    assert PEPPER.digest("key", "ABC") == hmac.digest(bytes(range(32)), b"key\x00ABC", "sha256")
    assert PEPPER.digest("key", "ABC") != PEPPER.digest("sign-in", "ABC")
    assert PEPPER.digest("key", "ABC") != new_pepper().digest("key", "ABC")


def test_it_is_shown_nowhere() -> None:
    for shown in (repr(PEPPER), str(PEPPER), f"{PEPPER}"):
        assert PEPPER.secret.hex() not in shown
        assert repr(PEPPER.secret) not in shown
    assert PEPPER.fingerprint not in (PEPPER.secret.hex(), DEMO_PEPPER.fingerprint)


def test_each_new_one_is_another() -> None:
    assert len({new_pepper().secret for _time in range(100)}) == 100
    assert len(new_pepper().secret) == 32


class TestKept:
    """A file for its owner alone, in the config folder."""

    def test_it_is_named_after_its_fingerprint(self) -> None:
        settings = Settings()
        keep_pepper(settings, PEPPER)
        (file,) = config_folder().iterdir()
        assert file == pepper_file(settings, PEPPER.fingerprint)
        assert file.name == f"pepper-{PEPPER.fingerprint[:16]}"
        assert file.stat().st_mode & 0o777 == 0o600
        assert config_folder().stat().st_mode & 0o777 == 0o700
        assert find_pepper(settings, PEPPER.fingerprint) == PEPPER

    def test_another_ones_file_is_never_overwritten(self, tmp_path: Path) -> None:
        settings = Settings(pepper_file=tmp_path / "pepper")
        keep_pepper(settings, PEPPER)
        with pytest.raises(FileExistsError):
            keep_pepper(settings, new_pepper())
        assert find_pepper(settings, PEPPER.fingerprint) == PEPPER

    def test_two_stores_keep_two(self) -> None:
        other = new_pepper()
        for pepper in (PEPPER, other):
            keep_pepper(Settings(), pepper)
        for pepper in (PEPPER, other):
            assert find_pepper(Settings(), pepper.fingerprint) == pepper


class TestConfigured:
    """The environment, or a file that the settings name."""

    def test_it_may_come_from_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ESCRITORIO_PEPPER", f" {PEPPER.secret.hex().upper()}\n")
        assert configured_pepper(Settings()) == PEPPER
        assert find_pepper(Settings(), PEPPER.fingerprint) == PEPPER

    def test_or_from_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "pepper").write_text(PEPPER.secret.hex())
        settings = Settings(pepper_file=tmp_path / "pepper")
        assert configured_pepper(settings) == PEPPER

    def test_none_is_none(self, tmp_path: Path) -> None:
        assert configured_pepper(Settings()) is None
        assert configured_pepper(Settings(pepper_file=tmp_path / "nothing")) is None

    @pytest.mark.parametrize("text", ["", "no hexadecimal", "c0ffee", "zz" * 32, "ñ" * 64])
    def test_what_is_none_is_refused(self, tmp_path: Path, text: str) -> None:
        file = tmp_path / "pepper"
        file.write_text(text)
        sentence = f"La pimienta de {file} no es válida: son 32 bytes en hexadecimal."
        with refused(sentence, SettingsRefused):
            configured_pepper(Settings(pepper_file=file))
        with refused(
            "La pimienta de ESCRITORIO_PEPPER no es válida: son 32 bytes en hexadecimal.",
            SettingsRefused,
        ):
            configured_pepper(Settings(pepper=SecretStr(text or "x")))


class TestOfAStore:
    """A store is not opened without its own."""

    def test_a_new_store_makes_one_and_finds_it_again(self, new_address: str) -> None:
        store = create_store(Settings(store=new_address))
        again = open_store(Settings(store=new_address))
        assert again.pepper == store.pepper != DEMO_PEPPER
        assert [file.name for file in config_folder().iterdir()] == [
            f"pepper-{store.pepper.fingerprint[:16]}"
        ]
        store.close()
        again.close()

    def test_a_new_store_takes_the_configured_one(self, new_address: str) -> None:
        settings = Settings(store=new_address, pepper=SecretStr(PEPPER.secret.hex()))
        store = create_store(settings)
        assert store.pepper == PEPPER
        assert not config_folder().exists()
        store.close()

    def test_a_missing_one_is_named(self, new_address: str) -> None:
        create_store(Settings(store=new_address)).close()
        (file,) = config_folder().iterdir()
        file.rename(file.with_name("elsewhere"))
        with refused(
            "Falta la pimienta de las claves de este almacén: "
            f"recupera {file} o define ESCRITORIO_PEPPER.",
            PepperMissing,
        ):
            open_store(Settings(store=new_address))

    def test_another_ones_is_refused(self, new_address: str) -> None:
        create_store(Settings(store=new_address)).close()
        different = "La pimienta configurada no es la de este almacén; no se abre para no perder sus claves."
        with refused(different, PepperDifferent):
            open_store(Settings(store=new_address, pepper=SecretStr(PEPPER.secret.hex())))
        (file,) = config_folder().iterdir()
        file.write_text(PEPPER.secret.hex())
        with refused(different, PepperDifferent):
            open_store(Settings(store=new_address))

    def test_the_demo_needs_none(self, address: str) -> None:
        store = open_store(Settings(store=address))
        assert store.pepper == DEMO_PEPPER
        store.close()
