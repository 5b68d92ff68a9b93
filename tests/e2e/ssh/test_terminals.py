"""Every terminal that can show the desk shows it, in whatever locale; the others get one sentence."""

import pytest

from tests.e2e.ssh.conftest import Come

TERMINALS = ("linux", "xterm-256color", "screen", "tmux-256color", "vt100")
LOCALES = ("C", "es_ES.UTF-8", "es_ES@euro")


@pytest.mark.parametrize("locale", LOCALES)
def test_each_terminal_in_each_locale(come: Come, locale: str) -> None:
    locales = {"LANG": locale, "LC_ALL": locale}
    desks = [come("-o", "SendEnv=LANG LC_ALL", TERM=term, **locales) for term in TERMINALS]
    *modern, video = desks
    for desk in modern:
        desk.sees("┌─ Iniciar sesión ─+┐")
        desk.type("ñandú")
        desk.sees("│  ñandú ")
    # A VT100 has but its own encoding, and may have no frames.
    video.sees("Iniciar sesi.n")
    video.type("nandu")
    video.sees(" nandu ")


@pytest.mark.parametrize("term", ["dumb", None], ids=["dumb", "unset"])
def test_a_terminal_that_can_show_nothing_is_refused(come: Come, term: str | None) -> None:
    desk = come(TERM=term)
    desk.sees("Esta terminal no puede mostrar el escritorio: revisa la variable TERM.")
    assert desk.wait_gone() == 2


def test_what_a_person_wishes_of_their_terminal_comes_along(come: Come) -> None:
    desk = come("-o", "SetEnv=ESCRITORIO_ASCII=true")
    desk.sees(r"\+- Iniciar sesi.n -+\+")
