"""Keys are declared once, by the class that acts, with words; footer, help and README say the same (DESIGN 7)."""

import re
from collections import Counter
from pathlib import Path
from string import ascii_lowercase

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

from store.demo import DISTRIBUTOR
from store.installation.store import Store
from tests.tui.desk_classes import desk_classes
from tests.tui.people import add_colleague
from tests.tui.person import Person
from tui.app import DeskApp
from tui.keyboard import key_name
from tui.keymap import PLACES, with_table
from tui.screens.help import help_lines
from tui.screens.keys.page import KeysPage
from tui.widgets.grid import Grid
from tui.widgets.key_bar import KeyBar

README = Path(__file__).parents[2] / "README.md"
CLASSES = list(desk_classes())
OWNERS = [kind for kind in CLASSES if "BINDINGS" in vars(kind)]
each_owner = pytest.mark.parametrize("owner", OWNERS, ids=lambda owner: owner.__name__)


def declared(owner: type[DOMNode]) -> list[Binding]:
    """List the keys that a class declares itself."""
    return list(Binding.make_bindings(vars(owner)["BINDINGS"]))


def acts(owner: type[DOMNode], action: str) -> bool:
    """Tell whether an action is there: «app.help» is the app's."""
    where, _dot, name = action.partition("(")[0].rpartition(".")
    return hasattr(DeskApp if where == "app" else owner, f"action_{name}")


@each_owner
def test_every_key_has_an_action_an_id_and_words(owner: type[DOMNode]) -> None:
    for binding in declared(owner):
        assert binding.id, binding
        assert binding.description, binding
        assert binding.tooltip.endswith("."), binding
        assert acts(owner, binding.action), binding


def test_ids_are_unique() -> None:
    actions = {
        (owner, binding.id, binding.action) for owner in OWNERS for binding in declared(owner)
    }
    assert [id for id, n in Counter(id for _, id, _ in actions).items() if n > 1] == []


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_no_key_comes_from_textual_with_english_words(kind: type[DOMNode]) -> None:
    for bindings in kind._merged_bindings.key_to_bindings.values() if kind._merged_bindings else ():
        for binding in bindings:
            assert binding.id, f"{kind.__name__} inherits {binding}"


@each_owner
def test_no_key_is_taken_from_whoever_has_the_focus(owner: type[DOMNode]) -> None:
    assert not any(binding.priority for binding in declared(owner))


NEVER_BOUND = re.compile(
    "|".join(
        (
            r"ctrl\+[ab]",  # GNU screen and tmux
            r"ctrl\+[sq]",  # flow control
            r"ctrl\+([cz]|backslash)",  # what ends or stops a program elsewhere
            r"ctrl\+([hijm]|left_square_bracket)",  # Backspace, Tab, Enter and Escape send the same
            r"ctrl\+(space|at)",
            r"alt\+.*",  # Escape before a key is the same; Alt with an F key leaves a console's terminal
            r"(ctrl|shift)\+f\d+",
            r"(ctrl|shift)\+enter",
            r"f1[1-9]|f20",  # full screen, a browser's tools, Shift on a console
            r"(left|right)_(square|curly)_bracket|backslash|vertical_line|tilde|at|number_sign",  # AltGr
            r"(grave|acute|circumflex)_accent|diaeresis",  # dead keys
        )
    )
)
"""What tmux, screen, a console or a Spanish keyboard takes away (facts/terminals 7)."""


@each_owner
def test_no_key_is_bound_that_some_terminal_keeps_for_itself(owner: type[DOMNode]) -> None:
    for binding in declared(owner):
        assert not NEVER_BOUND.fullmatch(binding.key), binding


@each_owner
def test_ctrl_and_an_arrow_is_never_the_only_way(owner: type[DOMNode]) -> None:
    for action, keys in keys_by_action(owner).items():
        assert not all(re.fullmatch(r"ctrl\+(up|down|left|right)", key) for key in keys), action


@each_owner
def test_every_function_key_has_a_twin_that_is_none(owner: type[DOMNode]) -> None:
    """Terminals keep F1, F10 and others for themselves, and some keyboards have none."""
    for action, keys in keys_by_action(owner).items():
        assert not all(re.fullmatch(r"f\d+", key) for key in keys), (action, keys)


def keys_by_action(owner: type[DOMNode]) -> dict[str, list[str]]:
    """List the keys of each action that a class declares."""
    keys: dict[str, list[str]] = {}
    for binding in declared(owner):
        keys.setdefault(binding.action, []).append(binding.key)
    return keys


def test_every_owner_has_its_place_in_the_readme() -> None:
    assert {owner for _place, owner in PLACES} == set(OWNERS)


def test_the_readmes_table_is_fresh() -> None:
    text = README.read_text("utf-8")
    assert with_table(text) == text


async def test_bar_help_and_readme_name_the_same_keys(distributor: Person) -> None:
    screen = distributor.app.screen
    helped = {(key, line.words) for line in help_lines(screen) for key in line.keys.split()}
    for owner in (KeysPage, Grid):
        for binding in declared(owner):
            assert (key_name(binding), binding.tooltip) in helped
            assert f"`{key_name(binding)}`" in README.read_text("utf-8")
    keys = {key for key, _words in helped}
    assert {entry.key for entry in screen.query_one(KeyBar).entries} <= keys


@pytest.mark.parametrize("window", ["a", "f", "c", "g", "o", "enter", "m", "l"])
async def test_the_help_of_a_window_names_every_key_it_declares(
    distributor: Person, window: str
) -> None:
    page = distributor.app.screen
    await distributor.presses(window)
    screen = distributor.app.screen
    assert screen is not page
    helped = {key for line in help_lines(screen) for key in line.keys.split()}
    owners = [owner for owner in type(screen).__mro__ if owner in OWNERS]
    assert owners
    for owner in owners:
        names = {key_name(binding) for binding in declared(owner) if binding.show}
        # In a field the question mark is typed; F1 is there for that.
        assert names - helped <= {"?"}
    assert "F1" in helped


async def types_everything(person: Person) -> None:
    """Type every letter and sign into the field that has the focus; the window stays, and the field has them all."""
    await person.types_anew("")
    before, field = person.app.screen, person.app.focused
    assert field is not None
    signs = ascii_lowercase + "?/ .1"
    for sign in signs:
        await person.presses(sign)
    assert person.app.screen is before
    assert person.app.focused is field
    typed = getattr(field, "value", "").replace("-", "").replace(" ", "").lower()
    assert typed == signs.replace(" ", "")[: len(typed)]
    assert len(typed) >= 10  # what the shortest field takes


async def test_letters_never_fire_while_a_field_has_the_focus(person: Person, store: Store) -> None:
    await types_everything(person)
    await person.presses("tab")
    await types_everything(person)
    add_colleague(store, "nueva", must_change=True)
    await person.presses("shift+tab")
    await person.types_anew("nueva")
    await person.presses("tab")
    await person.types_anew("demo2020")
    await person.presses("enter")
    person.sees("Cambia tu contraseña")
    await types_everything(person)


async def test_nor_in_the_windows_of_the_page(distributor: Person) -> None:
    await distributor.presses("a")
    await types_everything(distributor)
    await distributor.presses("escape", "f")
    for _field in range(2):
        await types_everything(distributor)
        await distributor.presses("tab")
    await distributor.presses("escape")
    assert isinstance(distributor.app.screen, KeysPage)
    assert distributor.app.screen.visit.person.username == DISTRIBUTOR
