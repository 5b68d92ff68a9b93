"""The form of a key: tidied, checked sign by sign, and never shown in clear by accident."""

import secrets
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.demo import TO_TYPE
from store.errors import (
    ConfusingSign,
    EmptyKey,
    KeyMistyped,
    StrangeSign,
    WrongCheckSymbol,
    WrongLength,
)
from store.keys.code import ALPHABET, LENGTH, KeyCode, MaskedKey, complete, new_key, read_key, tidy
from tests.store.refusals import refused

GOOD = "38SQY7AUNS7RUHBE"

fifteen_signs = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1)


def test_the_alphabet_has_no_sign_that_is_taken_for_another() -> None:
    assert ALPHABET == "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
    assert len(set(ALPHABET)) == 31
    assert not set("01ILO") & set(ALPHABET)


@pytest.mark.parametrize("typed", TO_TYPE)
def test_the_keys_of_the_specification_are_well_written(typed: str) -> None:
    assert read_key(typed).grouped() == typed


@given(fifteen_signs)
def test_the_check_symbol_makes_the_weighted_sum_vanish(drawn: str) -> None:
    signs = complete(drawn).reveal()
    assert signs[:-1] == drawn
    assert sum(3**i * ALPHABET.index(sign) for i, sign in enumerate(signs)) % 31 == 0


def test_every_single_wrong_sign_is_caught() -> None:
    for place in range(LENGTH):
        for sign in set(ALPHABET) - {GOOD[place]}:
            with pytest.raises(WrongCheckSymbol):
                read_key(GOOD[:place] + sign + GOOD[place + 1 :])


@given(fifteen_signs)
def test_every_swap_of_two_different_signs_is_caught(drawn: str) -> None:
    signs = complete(drawn).reveal()
    for one, other in combinations(range(LENGTH), 2):
        swapped = list(signs)
        swapped[one], swapped[other] = signs[other], signs[one]
        if signs[one] != signs[other]:
            with pytest.raises(WrongCheckSymbol):
                read_key("".join(swapped))


@pytest.mark.parametrize(
    "typed",
    [
        "38SQ-Y7AU-NS7R-UHBE",
        "38SQY7AUNS7RUHBE",
        "38sq y7au ns7r uhbe",
        "  38sq-y7au-ns7r-uhbe\n",
        "38SQ\r\nY7AU\r\nNS7R\r\nUHBE",
        "38SQ\tY7AU\tNS7R\tUHBE",
        "38SQ–Y7AU—NS7R‐UHBE",  # an en dash, an em dash, a hyphen of Unicode's own
        "38SQ‑Y7AU−NS7R﹣UHBE",  # a non-breaking hyphen, a minus sign, a small hyphen
        "38SQ_Y7AU_NS7R_UHBE",
        "38SQ\u00a0Y7AU\u2009NS7R\u3000UHBE",  # spaces of other widths
        "\ufeff38SQ\u200bY7AU\u00adNS7R\u2060UHBE",  # signs without any width
        "３８ＳＱ－Ｙ７ＡＵ－ＮＳ７Ｒ－ＵＨＢＥ",
        "\x1b38SQ\x00Y7AU\x07NS7R\x9bUHBE",
    ],
)
def test_a_key_is_read_whatever_shape_it_was_pasted_in(typed: str) -> None:
    assert read_key(typed).reveal() == GOOD


@given(fifteen_signs, st.lists(st.sampled_from(" -–\t\n\u00a0_"), min_size=17, max_size=17))
def test_filling_between_the_signs_changes_nothing(drawn: str, filling: list[str]) -> None:
    key = complete(drawn)
    pairs = zip(filling, [*key.reveal().lower(), ""], strict=True)
    assert read_key("".join(gap + sign for gap, sign in pairs)) == key


@pytest.mark.parametrize("typed", ["", " ", "----", " \n\t", "\u200b"])
def test_nothing_typed_asks_for_the_key(typed: str) -> None:
    with refused("Captura la clave de prepago.", EmptyKey, field="key"):
        read_key(typed)


@pytest.mark.parametrize(
    ("typed", "signs"),
    [("2", 1), ("38SQ-Y7AU-NS7R-UHB", 15), ("38SQ-Y7AU-NS7R-UHBE2", 17), ("?" * 400, 400)],
)
def test_another_number_of_signs_is_counted_for_the_person(typed: str, signs: int) -> None:
    with refused(f"La clave tiene 16 caracteres; escribiste {signs}.", WrongLength, field="key"):
        read_key(typed)


@pytest.mark.parametrize("sign", "01ILOilo")
def test_a_sign_that_no_key_uses_is_pointed_at(sign: str) -> None:
    with refused(
        "Las claves no usan 0, 1, I, L ni O: revisa el carácter 7.", ConfusingSign, field="key"
    ):
        read_key(f"38SQ-Y7{sign}U-NS7R-UHBE")


@pytest.mark.parametrize(
    ("sign", "shown"),
    [("?", "?"), ("ñ", "Ñ"), ("é", "É"), ("«", "«"), ("[", "["), ("\udc9b", "\ufffd"), ("₿", "₿")],
)
def test_any_other_sign_is_shown_with_its_place(sign: str, shown: str) -> None:
    with refused(f"El carácter 5 («{shown}») no puede ir en una clave.", StrangeSign, field="key"):
        read_key(f"38SQ {sign}7AU NS7R UHBE")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("0?", "La clave tiene 16 caracteres; escribiste 2."),
        ("?8SQ-Y7AU-NS7R-UHB0", "Las claves no usan 0, 1, I, L ni O: revisa el carácter 16."),
        ("?8SQ-Y7AU-NS7R-UHBX", "El carácter 1 («?») no puede ir en una clave."),
        ("38SQ-Y7AU-NS7R-UHBX", "La clave no está bien escrita; revísala."),
    ],
)
def test_of_several_mistakes_the_first_of_the_table_is_said(typed: str, first: str) -> None:
    with refused(first, KeyMistyped, field="key"):
        read_key(typed)


@given(st.text(max_size=40))
def test_whatever_is_typed_gets_a_key_or_one_sentence(typed: str) -> None:
    try:
        said = read_key(typed).grouped()
    except KeyMistyped as refusal:
        said = refusal.sentence
    assert said.isprintable()
    assert said.endswith(".") or len(said) == LENGTH + 3


@given(st.text(max_size=40))
def test_tidying_twice_is_tidying_once(typed: str) -> None:
    assert tidy(tidy(typed)) == tidy(typed)


def test_a_vendors_key_needs_no_check_symbol_but_the_vendors_length() -> None:
    assert read_key("abc-0123456-789-ilo", vendor_lengths=[16]).reveal() == "ABC0123456789ILO"
    assert read_key("ABCDEF0123456789ABCD", [12, 20]).reveal() == "ABCDEF0123456789ABCD"
    with refused("La clave tiene 16 caracteres; escribiste 20.", WrongLength):
        read_key("ABCDEF0123456789ABCD", [12, 16])
    with refused("El carácter 16 («Ñ») no puede ir en una clave.", StrangeSign):
        read_key("ABCDEF23456789AÑ", [16])


def test_a_key_prints_masked_whoever_prints_it() -> None:
    key = KeyCode(GOOD)
    assert f"{key}" == str(key) == str(key.masked) == "38SQ-••••-••••-UHBE"
    assert repr(key) == "<KeyCode 38SQ-••••-••••-UHBE>"
    assert repr([key]) == "[<KeyCode 38SQ-••••-••••-UHBE>]"
    assert str(MaskedKey("38SQUHBE")) == "38SQ-••••-••••-UHBE"


def test_a_key_has_no_attributes_that_a_traceback_or_a_log_would_spill() -> None:
    with pytest.raises(TypeError):
        vars(KeyCode(GOOD))


def test_a_key_is_told_on_purpose_only() -> None:
    assert KeyCode(GOOD).reveal() == GOOD
    assert KeyCode(GOOD).grouped() == "38SQ-Y7AU-NS7R-UHBE"


def test_two_keys_are_one_where_their_signs_are() -> None:
    assert KeyCode(GOOD) == KeyCode(GOOD)
    assert len({KeyCode(GOOD), KeyCode(GOOD), new_key()}) == 2
    assert KeyCode(GOOD) != GOOD


def test_new_keys_come_from_the_systems_randomness(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = sum(ALPHABET.index(sign) * 31**place for place, sign in enumerate("38SQY7AUNS7RUHB"))
    monkeypatch.setattr(secrets, "randbelow", lambda bound: drawn)
    assert new_key().grouped() == "38SQ-Y7AU-NS7R-UHBE"


def test_new_keys_differ_and_use_the_whole_alphabet() -> None:
    keys = {new_key() for _key in range(1000)}
    assert len(keys) == 1000
    for place in range(LENGTH):
        assert {key.reveal()[place] for key in keys} == set(ALPHABET)
    assert all(read_key(key.grouped()) == key for key in keys)
