"""What stands where: the store without a screen, and its plain words without a database.

The login screen is painted before sqlmodel is there, so the modules that it uses may not bring it in.
"""

import subprocess
import sys

import pytest

HEAVY = {"sqlmodel", "sqlalchemy", "pydantic", "alembic", "argon2"}
PLAIN = ("store", "store.keys.code", "store.errors", "store.text", "store.calendar")
WHOLE = (
    "store.demo",
    "store.tables",
    "store.installation.doctor",
    "store.keys.listing",
    "store.keys.story",
    "store.mail.delivery",
    "store.accounts.preferences",
    "store.accounts.signing_in",
)


def loaded_by(*modules: str) -> set[str]:
    """Import modules in a new process and name every top-level package that came with them."""
    program = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return {name.split(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize("module", PLAIN)
def test_the_plain_modules_bring_no_database(module: str) -> None:
    loaded = loaded_by(module)
    assert "store" in loaded
    assert not loaded & HEAVY


def test_the_store_knows_no_screen() -> None:
    loaded = loaded_by(*WHOLE)
    assert "sqlmodel" in loaded
    assert not loaded & {"textual", "rich", "tui"}


def test_opening_a_store_does_not_wait_for_alembic() -> None:
    assert "alembic" not in loaded_by("store.installation.opening", "store.accounts.signing_in")
