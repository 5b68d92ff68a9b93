"""The ficha de pago: what a person at a bank needs, to the centavo; and the settings behind it."""

import stat
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from store.accounts.person import Person
from store.accounts.tables import Role
from store.errors import NotFound, OrderRefused, Refusal, SettingsRefused
from store.installation.store import Store
from store.orders.reference import payment_reference
from store.orders.slip import PaymentSlip, save_slip, slip_of, slip_text, takes_transfers
from store.settings import DEMO_CLABE, Settings, load_settings
from tests.store.orders.shopping import MONTH_OF_4G, bought, ordered, paid, spei
from tests.store.people import colleague, member
from tests.store.refusals import refused


def slip(store: Store, person: Person, order_id: int) -> PaymentSlip:
    with store.reading() as session:
        return slip_of(session, person, order_id, store.settings)


class TestWhatItSays:
    """Beneficiary, bank, CLABE, exact amount, reference, due date."""

    def test_all_of_it(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        assert slip(store, kemper, order.order_id) == PaymentSlip(
            folio="P-000013",
            desk="ESCUELA KEMPER URGATE",
            beneficiary="Escritorio de demostración",
            bank="Banco de ejemplo",
            clabe=DEMO_CLABE,
            reference=payment_reference(13),
            amount_centavos=MONTH_OF_4G,
            due_on=date(2020, 7, 21),
        )

    def test_it_asks_for_what_is_missing(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        paid(store, order.order_id, spei(store, 7000))
        assert slip(store, kemper, order.order_id).amount_centavos == 540

    def test_who_looks_may_see_it_and_so_may_the_staff(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        looker = colleague(store, kemper, "consultora", Role.CONSULTA)
        assert slip(store, looker, order.order_id) == slip(
            store, member(store, "soporte"), order.order_id
        )

    def test_another_desk_may_not(self, store: Store, kemper: Person, empresasis: Person) -> None:
        order = ordered(store, kemper)
        with refused("No hay ese pedido.", NotFound):
            slip(store, empresasis, order.order_id)

    def test_a_paid_order_has_none(self, store: Store, kemper: Person) -> None:
        with refused("Ese pedido ya no espera un pago.", OrderRefused):
            slip(store, kemper, bought(store, kemper).order_id)

    def test_without_a_clabe_there_is_none(self, store: Store, kemper: Person) -> None:
        without = replace(store, settings=store.settings.model_copy(update={"clabe": None}))
        assert takes_transfers(store.settings)
        assert not takes_transfers(without.settings)
        order = ordered(without, kemper)
        sentence = "Aquí no se paga por transferencia; pregunta en caja."
        with refused(sentence, OrderRefused):
            slip(without, kemper, order.order_id)


class TestOnPaper:
    """Text that any printer prints."""

    def long(self) -> PaymentSlip:
        return PaymentSlip(
            folio="P-999999",
            desk="Innovación Valor y Desarrollo, " * 6 + "\x1b[2J",
            beneficiary="Ñandú " * 20,
            bank="B" * 90,
            clabe=DEMO_CLABE,
            reference="9999990",
            amount_centavos=9_999_999_999,
            due_on=date(2020, 12, 31),
        )

    def test_the_seeds(self) -> None:
        text = slip_text(
            PaymentSlip(
                folio="P-000123",
                desk="ESCUELA KEMPER URGATE",
                beneficiary="Escritorio de demostración",
                bank="Banco de ejemplo",
                clabe=DEMO_CLABE,
                reference=payment_reference(123),
                amount_centavos=MONTH_OF_4G,
                due_on=date(2020, 7, 21),
            )
        )
        assert text == (
            "                             FICHA DE PAGO\n"
            "========================================================================\n"
            "Pedido:               P-000123\n"
            "Escritorio:           ESCUELA KEMPER URGATE\n"
            "\n"
            "Beneficiario:         Escritorio de demostración\n"
            "Banco:                Banco de ejemplo\n"
            "CLABE:                032 180 00011835971 9\n"
            "Referencia:           0001234\n"
            "Importe exacto:       $ 75.40\n"
            "Pagar a más tardar:   21/07/2020\n"
            "\n"
            "Paga por SPEI, depósito o cheque el importe exacto, con la referencia\n"
            "numérica de 7 dígitos. Declara tu pago en «Mis pedidos»: se revisa, y el\n"
            "pedido se surte al confirmarlo.\n"
        )

    def test_it_never_runs_over_and_holds_no_sign_that_acts(self) -> None:
        text = slip_text(self.long())
        assert max(map(len, text.splitlines())) <= 72
        assert "\x1b" not in text
        assert "$ 99,999,999.99" in text

    def test_it_is_saved_for_its_owners_eyes(self, tmp_path: Path) -> None:
        settings = Settings(exports=tmp_path / "new" / "exports")
        for _time in range(2):
            path = save_slip(settings, self.long())
        assert path == tmp_path / "new" / "exports" / "ficha-P-999999.txt"
        assert path.read_text("utf-8") == slip_text(self.long())
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert [file.name for file in path.parent.iterdir()] == ["ficha-P-999999.txt"]

    def test_a_link_is_not_followed(self, tmp_path: Path) -> None:
        (tmp_path / "other").write_text("theirs")
        (tmp_path / "ficha-P-999999.txt").symlink_to(tmp_path / "other")
        save_slip(Settings(exports=tmp_path), self.long())
        assert (tmp_path / "other").read_text() == "theirs"

    def test_where_nothing_can_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(Refusal, match="No se puede guardar en"):
            save_slip(Settings(exports=tmp_path / "file"), self.long())


class TestSettings:
    """The account that is paid to."""

    def test_none_is_set_by_itself(self) -> None:
        assert not takes_transfers(Settings())

    def test_one_is_read_in_groups(self) -> None:
        settings = load_settings(beneficiary="A", bank="B", clabe="032 180 00011835971 9")
        assert settings.clabe == DEMO_CLABE
        assert takes_transfers(settings)

    @pytest.mark.parametrize("clabe", ["032180000118359718", "03218000011835971", "x", "0" * 17])
    def test_a_wrong_one_is_refused_at_start(self, clabe: str) -> None:
        sentence = (
            "El ajuste «clabe» no es válido: la CLABE lleva 18 dígitos y el último no corresponde;"
            " revísala."
        )
        with refused(sentence, SettingsRefused):
            load_settings(beneficiary="A", bank="B", clabe=clabe)

    @pytest.mark.parametrize(
        "some", [{"bank": "B"}, {"beneficiary": "A", "bank": "B"}, {"clabe": DEMO_CLABE}]
    )
    def test_half_an_account_is_refused_at_start(self, some: dict[str, str]) -> None:
        sentence = (
            "El ajuste «clabe» no es válido: define juntos beneficiary, bank y clabe, o ninguno."
        )
        with refused(sentence, SettingsRefused):
            load_settings(**some)

    def test_the_demo_has_one_and_an_own_one_wins(self, store: Store) -> None:
        assert store.settings.clabe == DEMO_CLABE
