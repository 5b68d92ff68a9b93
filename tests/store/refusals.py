"""What the desk answers when it says no."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from store.errors import Refusal

UNAVAILABLE = "La clave no es válida o ya no está disponible."
WRONG_CREDENTIALS = "Usuario o contraseña incorrectos."
NOT_ALLOWED = "Tu cuenta no tiene permiso para hacer esto; pídelo al titular."
BUSY = "El sistema está ocupado; no se hizo ningún cambio. Intenta de nuevo."


@contextmanager
def refused(
    sentence: str, kind: type[Refusal] = Refusal, **said: object
) -> Iterator[pytest.ExceptionInfo[Any]]:
    """Expect a refusal with this very sentence, and with these attributes."""
    with pytest.raises(kind) as caught:
        yield caught
    assert caught.value.sentence == str(caught.value) == sentence
    assert {name: getattr(caught.value, name) for name in said} == said
