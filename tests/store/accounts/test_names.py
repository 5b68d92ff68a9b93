"""What a usuario, an RFC, a company's name and an address may look like."""

import re
from collections.abc import Iterator
from contextlib import suppress
from email.headerregistry import Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.accounts.names import (
    read_company_name,
    read_email,
    read_rfc,
    read_username,
    suggest_username,
)
from store.errors import Mistyped
from tests.store.refusals import refused

any_text = st.text(st.characters(), max_size=40)

BAD_USERNAME = (
    "El usuario lleva de 3 a 30 letras sin acento, números, punto o guion, y empieza con letra."
)
BAD_RFC = "El RFC no tiene la forma correcta; revísalo."


class TestUsuario:
    """Three to thirty signs of ASCII, in lower case."""

    @pytest.mark.parametrize(
        ("typed", "read"),
        [
            ("kemper", "kemper"),
            (" EmpresaSIS\n", "empresasis"),
            ("ana.maria-2_x", "ana.maria-2_x"),
            ("ana", "ana"),
            ("a" * 30, "a" * 30),
        ],
    )
    def test_it_is_kept_in_lower_case(self, typed: str, read: str) -> None:
        assert read_username(typed) == read

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            "ab",
            "a" * 31,
            "2020ana",
            ".ana",
            "año2020",
            "ana maria",
            "ana\x00x",
            "аnna",
            "ａｎａａ",
        ],
    )
    def test_anything_else_is_refused(self, typed: str) -> None:
        with refused(BAD_USERNAME, Mistyped, field="username"):
            read_username(typed)

    @pytest.mark.parametrize(
        ("company", "suggested"),
        [
            ("EMPRESA SISTEMAS", "empresasistemas"),
            ("Herrería & Eléctricos", "herreriaelectric"),
            ("Ñandú y Hermanos", "nanduyhermanos"),
            ("3M", "mdes"),
            ("日本商事", "escritorio"),
            ("", "escritorio"),
            ("123", "escritorio"),
        ],
    )
    def test_one_is_suggested_from_the_companys_name(self, company: str, suggested: str) -> None:
        assert suggest_username(company) == suggested

    @given(any_text)
    def test_what_is_suggested_may_be_taken(self, company: str) -> None:
        assert read_username(suggest_username(company)) == suggest_username(company)


class TestRfc:
    """Twelve or thirteen signs over A-Z, & and Ñ and digits, with a date inside."""

    @pytest.mark.parametrize(
        ("typed", "value"),
        [
            ("EKU9003173C9", "EKU9003173C9"),
            ("xia190128j61", "XIA190128J61"),
            (" XIA-190128-J61 ", "XIA190128J61"),
            ("H&E951128469", "H&E951128469"),
            ("CACX7605101P8", "CACX7605101P8"),
            ("ÑAÑ010101AAA", "ÑAÑ010101AAA"),
            ("n\u0303an\u0303010101aaa", "ÑAÑ010101AAA"),
            ("XAXX010101000", "XAXX010101000"),
            ("XEXX010101000", "XEXX010101000"),
        ],
    )
    def test_it_is_read_as_people_write_it(self, typed: str, value: str) -> None:
        assert read_rfc(typed).value == value

    @pytest.mark.parametrize(
        ("typed", "fits"),
        [
            ("EKU9003173C9", True),
            ("XIA190128J61", True),
            ("H&E951128469", True),
            ("EKU9003173C8", False),
            ("ÑAÑ010101AAA", False),
            ("XAXX010101000", True),
            ("XEXX010101000", True),
        ],
    )
    def test_a_wrong_check_digit_is_told_and_not_refused(self, typed: str, fits: bool) -> None:
        assert read_rfc(typed).check_digit_fits is fits

    @pytest.mark.parametrize(("typed", "length"), [("", 0), ("XIA190128", 9), ("X" * 14, 14)])
    def test_the_length_is_counted_for_the_person(self, typed: str, length: int) -> None:
        with refused(
            f"El RFC lleva 12 caracteres (empresa) o 13 (persona); escribiste {length}.",
            Mistyped,
            field="rfc",
        ):
            read_rfc(typed)

    @pytest.mark.parametrize(
        "typed",
        [
            "XIA191328J61",  # no thirteenth month
            "XIA190230J61",  # no 30th of February
            "X1A190128J61",
            "XIA19O128J61",
            "XIA190128Ñ61",
            "XIA190128J6\x00",
            "ХIA190128J61",  # a Cyrillic letter
            "XIA_190128J61",
            "GODE_561231_",
            "XIA１90128J61",  # a digit of another width
            "XIA190128J6٣",
        ],
    )
    def test_what_is_none_is_refused(self, typed: str) -> None:
        with refused(BAD_RFC, Mistyped, field="rfc"):
            read_rfc(typed)

    @given(
        st.lists(st.sampled_from([*"EKU9003173C9&Ñ", " ", "-", "_", ".", "９", "٣"]), max_size=14)
    )
    def test_what_is_read_has_the_form(self, signs: list[str]) -> None:
        for typed in ("".join(signs), "EKU900317" + "".join(signs[:4]), *_sprinkled(signs)):
            with suppress(Mistyped):
                assert re.fullmatch("[A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{3}", read_rfc(typed).value)


def _sprinkled(signs: list[str]) -> Iterator[str]:
    """Put each sign somewhere into an RFC that is one."""
    for place, sign in enumerate(signs):
        yield "EKU9003173C9"[:place] + sign + "EKU9003173C9"[place:]


class TestCompany:
    """A name that any screen may show."""

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("  Herrería   &\tEléctricos ", "Herrería & Eléctricos"),
            ("N\u0303andu\u0301", "Ñandú"),
            ("[/] S.A.", "[/] S.A."),
            ("x" * 254, "x" * 254),
        ],
    )
    def test_it_is_kept_in_one_form(self, typed: str, kept: str) -> None:
        assert read_company_name(typed) == kept

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("", "Escribe el nombre de la empresa."),
            (" \n", "Escribe el nombre de la empresa."),
            ("x" * 255, "El nombre admite hasta 254 caracteres."),
            ("a\x1b]52;c;\x07", "El nombre tiene signos que no se pueden mostrar."),
            ("a\x00", "El nombre tiene signos que no se pueden mostrar."),
            ("\u202eabc", "El nombre tiene signos que no se pueden mostrar."),
            ("a\udcff", "El nombre tiene signos que no se pueden mostrar."),
        ],
    )
    def test_anything_else_is_refused(self, typed: str, sentence: str) -> None:
        with refused(sentence, Mistyped, field="name"):
            read_company_name(typed)


class TestEmail:
    """One address, to which a mail can go."""

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            (" ana@empresa.com.mx\n", "ana@empresa.com.mx"),
            ("Ana.Maria+claves@EMPRESA.com.mx", "Ana.Maria+claves@empresa.com.mx"),
            ("ventas@ñandú.mx", "ventas@xn--and-6ma2c.mx"),
        ],
    )
    def test_it_is_kept_as_servers_take_it(self, typed: str, kept: str) -> None:
        assert read_email(typed) == kept
        assert kept.isascii()
        assert Address(addr_spec=kept).addr_spec == kept

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            "ana",
            "ana@",
            "@empresa.com.mx",
            "ana@empresa",
            "ana@localhost",
            "ana maria@empresa.com.mx",
            "ana@empresa.com.mx, eva@empresa.com.mx",
            "ana@empresa.com.mx\r\nBcc: eva@empresa.com.mx",
            "Ana <ana@empresa.com.mx>",
            "añá@empresa.com.mx",
            '"ana maria"@empresa.com.mx',
            "ana@[192.0.2.1]",
            "ana@empresa.com.mx\x00",
        ],
    )
    def test_anything_else_is_refused(self, typed: str) -> None:
        with refused("El correo no es válido; revísalo.", Mistyped, field="email"):
            read_email(typed)

    @given(any_text)
    def test_whatever_is_typed_is_an_address_or_refused(self, typed: str) -> None:
        for text in (typed, f"{typed}@empresa.com.mx", f"ana@{typed}.mx"):
            with suppress(Mistyped):
                kept = read_email(text)
                assert kept.isascii()
                assert Address(addr_spec=kept).addr_spec == kept
