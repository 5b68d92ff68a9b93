"""Passwords: long enough, not well known, and hashed in the same time for everybody."""

import re

import pytest
from argon2 import PasswordHasher, Type

from store.accounts import passwords
from store.accounts.passwords import (
    check_new_password,
    hash_password,
    matches,
    one_time_password,
)
from store.errors import Mistyped
from tests.store.refusals import refused


def test_the_program_hashes_with_the_parameters_of_rfc_9106() -> None:
    """The second recommended option: 64 MiB, three passes, four lanes."""
    hasher = PasswordHasher()
    assert (hasher.type, hasher.memory_cost, hasher.time_cost, hasher.parallelism) == (
        Type.ID,
        65536,
        3,
        4,
    )


def test_a_hash_matches_its_password_and_no_other() -> None:
    kept = hash_password("contraseña")
    assert matches(kept, "contraseña")
    assert matches(kept, "contrasen\u0303a")
    assert not matches(kept, "contrasena")
    assert not matches(kept, "")


@pytest.mark.parametrize("kept", [None, "", "$argon2id$", "no hash at all", "$2b$12$" + "x" * 53])
def test_nothing_matches_what_is_no_hash(kept: str | None) -> None:
    assert not matches(kept, "contraseña")


def test_nobodys_hash_is_compared_and_never_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_nobodys_hash", lambda: hash_password("nobody"))
    assert not matches(None, "nobody")


@pytest.mark.parametrize("password", ["ñandúñandú", "correcto caballo", "x" * 1024])
def test_of_a_new_password_no_capitals_or_signs_are_asked(password: str) -> None:
    check_new_password(password, "empresasis")


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("", "La contraseña necesita al menos 8 caracteres."),
        ("siete77", "La contraseña necesita al menos 8 caracteres."),
        ("n\u0303n\u0303n\u0303n\u0303", "La contraseña necesita al menos 8 caracteres."),
        ("x" * 1025, "La contraseña admite hasta 1024 caracteres."),
        ("12345678", "Esa contraseña es muy fácil de adivinar; elige otra."),
        ("PassWord123", "Esa contraseña es muy fácil de adivinar; elige otra."),
        ("EmpresaSIS", "Esa contraseña es muy fácil de adivinar; elige otra."),
    ],
)
def test_what_is_asked_is_said(password: str, sentence: str) -> None:
    with refused(sentence, Mistyped, field="password"):
        check_new_password(password, "empresasis")


def test_what_is_too_long_is_cut_on_no_account() -> None:
    """Two long passwords with the same beginning are two passwords."""
    assert not matches(hash_password("x" * 1024), "x" * 1025)


def test_a_first_password_is_easy_to_read_and_hard_to_guess() -> None:
    made = {one_time_password() for _time in range(100)}
    assert len(made) == 100
    signs = "23456789abcdefghjkmnpqrstuvwxyz"
    assert all(re.fullmatch(f"([{signs}]{{4}}-){{3}}[{signs}]{{4}}", each) for each in made)
    for each in made:
        check_new_password(each, "empresasis")
