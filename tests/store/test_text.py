"""Words: cleaned before they are shown, folded to be found, ordered as Spanish does."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.text import (
    LONGEST_SEARCH_KEY,
    LONGEST_SORT_KEY,
    clean,
    is_plain,
    normal,
    search_key,
    sort_key,
)

any_text = st.text(st.characters())  # surrogates too: a terminal's bytes need not be UTF-8


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ñandú & Hnos. S.A. de C.V.", "Ñandú & Hnos. S.A. de C.V."),
        ("[/] [@click=app.quit]", "[/] [@click=app.quit]"),  # markup is the screen's affair
        ("\x1b]52;c;AAAA\x07", "\ufffd]52;c;AAAA\ufffd"),
        ("\x9b2J", "\ufffd2J"),
        ("a\x00b", "a\ufffdb"),
        ("\u202egnp.exe", "\ufffdgnp.exe"),
        ("Ana\u200bMaría", "Ana\ufffdMaría"),
        ("\udcff", "\ufffd"),
        ("una\tdos\ntres\r\n", "una dos tres  "),
        ("una\u00a0dos\u2003tres", "una dos tres"),
        (1234, "1234"),
        (None, "None"),
    ],
)
def test_what_comes_from_outside_is_made_harmless(text: object, shown: str) -> None:
    assert clean(text) == shown


@given(any_text)
@example("\x1b[31m\u2066\ud800\x85")
def test_cleaned_text_holds_nothing_that_acts(text: str) -> None:
    cleaned = clean(text, limit=1000)
    assert cleaned.isprintable()
    assert len(cleaned) == len(text)
    assert clean(cleaned, limit=1000) == cleaned
    cleaned.encode()


def test_long_text_is_cut_with_an_ellipsis() -> None:
    assert clean("x" * 300) == "x" * 300
    assert clean("x" * 301) == "x" * 299 + "…"
    assert clean("abcdef", limit=4) == "abc…"


@pytest.mark.parametrize("text", ["", "Ñandú", "日本", "H&E", "👍", "x" * 5000])
def test_plain_text_is_told_from_hostile(text: str) -> None:
    assert is_plain(text)
    assert not is_plain(text + "\x1b")
    assert not is_plain("\u202e" + text)


def test_names_are_kept_in_one_form() -> None:
    assert normal("  A\u0301lvarez \t e\n Hijos ") == "Álvarez e Hijos"


@pytest.mark.parametrize(
    ("term", "name"),
    [
        ("nunez", "NÚÑEZ"),
        ("NUNEZ", "Núñez"),
        ("Núñez", "Nu\u0301n\u0303ez"),
        ("STRASSE", "Straße"),
        ("fi", "ﬁrma"),
        ("angel", "Ángel"),
    ],
)
def test_searching_is_blind_to_accents_and_case(term: str, name: str) -> None:
    assert search_key(term) in search_key(name)


@given(any_text)
def test_a_folded_term_folds_to_itself(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


def test_names_are_ordered_as_spanish_does() -> None:
    """Ñ comes after all of N; an accent decides only between names that are alike without it."""
    expected = [
        "Alba",
        "alonso",
        "Álvarez",
        "Angel",
        "Ángel",
        "Angel B",
        "ángulo",
        "eco",
        "Nb",
        "nube",
        "Nunez",
        "Núñez",
        "Nz",
        "Ñandú",
        "ñandú",
        "Ñíguez",
        "oso",
        "Ürsula",
        "Zapata",
    ]
    assert sorted(reversed(expected), key=sort_key) == expected
    assert sort_key("Ñandú") == sort_key("N\u0303andu\u0301")


def test_the_order_is_that_of_bytes_so_that_both_databases_agree() -> None:
    keys = [sort_key(name).encode() for name in ("Nz", "Ñandú", "oso")]
    assert all(one < other for one, other in pairwise(keys))


@given(any_text)
@example("ﷺ" * 254)
@example("𝕏" * 254)
def test_the_keys_of_a_name_are_never_too_long_for_their_columns(text: str) -> None:
    assert len(search_key(text)) <= LONGEST_SEARCH_KEY
    assert 0 < len(sort_key(text)) <= LONGEST_SORT_KEY
