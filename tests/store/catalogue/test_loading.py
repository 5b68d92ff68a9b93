"""Price lists: whole or not at all, each mistake with its line, and a price is never edited."""

import re
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from store.accounts.person import Person
from store.accounts.tables import StaffRole
from store.audit.tables import AuditEvent
from store.catalogue.loading import Loaded, load_catalogue, read_catalogue
from store.catalogue.prices import list_prices, price_on
from store.catalogue.products import find_package
from store.catalogue.tables import Plan, Price, PriceSource, Product, Term
from store.errors import FileRefused, NotAllowed, NotFound, Refusal
from store.installation.opening import create_store, open_store
from store.installation.store import Store
from store.settings import Settings
from tests.store.contents import contents, rows
from tests.store.lots import CONSOLE
from tests.store.people import employee
from tests.store.processes import finish, start
from tests.store.refusals import NOT_ALLOWED, refused
from tests.store.watch import Watch

SHIPPED = files("store.catalogue").joinpath("catalogue.toml").read_text("utf-8")
SAME = Loaded(products=0, prices=0, closed=0)
NEW_PRICE = """
[[price]]
product = "ESPACIO-4G"
centavos = 7000
valid_from = {since}
source = "operator"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An installation's own price list."""
    return tmp_path / "precios.toml"


def written(file: Path, text: str) -> Path:
    file.write_text(text, "utf-8")
    return file


def instead(before: str, after: str, count: int = 1) -> str:
    """Give the shipped list with something else in it."""
    assert before in SHIPPED
    return SHIPPED.replace(before, after, count)


def line_of(text: str, words: str, nth: int = 1) -> int:
    """Find on which line words stand for the nth time."""
    found = [number for number, line in enumerate(text.splitlines(), 1) if words in line]
    return found[nth - 1]


def loaded(store: Store, file: Path, person: Person = CONSOLE) -> Loaded:
    with store.writing() as session:
        return load_catalogue(
            session,
            person,
            read_catalogue(file),
            today=store.clock.today(),
            now=store.clock.now(),
        )


def without_4g(text: str = SHIPPED) -> str:
    """Give the shipped list without the one price of 4G."""
    return re.sub(r'\[\[price\]\]\nproduct = "ESPACIO-4G".*?\n\n', "", text, flags=re.DOTALL)


class TestFile:
    """What a file may not say."""

    @pytest.mark.parametrize(
        ("before", "after", "marked", "words"),
        [
            ("centavos = 6500", "centavos = -1", "centavos = -1", "«centavos» no puede ser menor que 0"),
            ("centavos = 6500", "centavos = 65.0", "centavos = 65.0", "«centavos» debe ser un número entero"),
            ("centavos = 6500", 'centavos = "6500"', '"6500"', "«centavos» debe ser un número entero"),
            ("centavos = 6500", "centavos = 99999999999999", "99999999999999",
             "«centavos» no puede ser mayor que 9999999999"),
            ("centavos = 6500", "centavo = 6500", "centavo = 6500", "no existe «centavo»"),
            ("2017-01-01", '"2017-01-01"', '"2017-01-01"', "«valid_from» debe ser una fecha, como 2020-07-14"),
            ("2017-01-01", "2017-01-01T00:00:00", "T00:00", "«valid_from» debe ser una fecha, como 2020-07-14"),
            ('source = "seed"', 'source = "muestra"', '"muestra"', "«source» debe ser seed, sample u operator"),
            ("discount_bp = 1000", "discount_bp = 10000", "10000", "«discount_bp» no puede ser mayor que 9999"),
            ("discount_bp = 1000", "discount_bp = -1", "= -1", "«discount_bp» no puede ser menor que 0"),
            ("months = 2", "months = 1", "months = 1", "«months» repite el de la línea {first}"),
            ("rank = 20", "rank = 10", "rank = 10", "«rank» repite el de la línea {first}"),
            ('code = "bimestral"', 'code = "mensual"', '"mensual"', "«code» repite el de la línea {first}"),
            ('code = "TIMBRES-200"', 'code = "TIMBRES-50"', '"TIMBRES-50"', "«code» repite el de la línea {first}"),
            ('modality = "4G"\nrank = 10\nusers = 10', 'modality = "4G"\nrank = 10\nusers = 0', "users = 0",
             "«users» no puede ser menor que 1"),
            ('product = "ESPACIO-4G"', 'product = "ESPACIO-5G"', "ESPACIO-5G", "no hay un producto «ESPACIO-5G»"),
            ('product = "ESPACIO-4G"', 'product = "ESPACIO-1G"', 'product = "ESPACIO-1G"',
             "la modalidad gratuita no lleva precio"),
            ('name = "@spacio 4G"', 'name = "a\\u001b4G"', "u001b", "«name» no es válido"),
            ('name = "@spacio 4G"', 'name = ""', 'name = ""', "«name» no es válido"),
            ('code = "ESPACIO-4G"', 'code = "espacio-4g"', "espacio-4g", "«code» no es válido"),
            ('currency = "MXN"', 'currency = "USD"', "currency", "«currency» no es válido"),
            ("tax_rate_bp = 1600", "tax_rate_bp = 16.0", "tax_rate_bp", "«tax_rate_bp» debe ser un número entero"),
            ("free = true", 'free = "sí"', "free", "«free» no es válido"),
        ],
    )  # fmt: skip
    def test_a_mistake_is_named_with_its_line(
        self, file: Path, before: str, after: str, marked: str, words: str
    ) -> None:
        text = instead(before, after)
        with pytest.raises(FileRefused) as caught:
            read_catalogue(written(file, text))
        last = "{first}" in words
        line = line_of(text, marked, 2 if last else 1)
        words = words.format(first=line_of(text, marked))
        assert f"línea {line}: {words}" in map(str, caught.value.problems)

    def test_what_is_missing_is_named_with_the_line_of_its_entry(self, file: Path) -> None:
        text = instead("centavos = 6500\n", "")
        with pytest.raises(FileRefused) as caught:
            read_catalogue(written(file, text))
        line = line_of(text, 'product = "ESPACIO-4G"') - 1
        assert [str(problem) for problem in caught.value.problems] == [
            f"línea {line}: falta «centavos»"
        ]

    def test_every_mistake_is_named_in_order(self, file: Path) -> None:
        text = instead("centavos = 6500", "centavos = -1").replace("months = 12", "mouths = 12")
        with pytest.raises(FileRefused) as caught:
            read_catalogue(written(file, text))
        lines = [problem.line for problem in caught.value.problems]
        assert lines == sorted(lines)
        said = [problem.words for problem in caught.value.problems]
        assert said == [
            "falta «months»",
            "no existe «mouths»",
            "«centavos» no puede ser menor que 0",
        ]
        assert caught.value.sentence.startswith(f"{file} no se cargó: línea ")

    @pytest.mark.parametrize(
        ("since", "until", "wrong"),
        [("2016-01-01", "", False), ("2018-01-01", "", True), ("2016-01-01", "2016-12-31", None),
         ("2016-06-01", "2017-01-01", False), ("2017-01-01", "", True)],
    )  # fmt: skip
    def test_two_prices_on_one_day(
        self, file: Path, since: str, until: str, wrong: bool | None
    ) -> None:
        """The one that begins later is the one that is named; between two of one day, the second."""
        text = SHIPPED + NEW_PRICE.format(since=since)
        if until:
            text += f"valid_to = {until}\n"
        if wrong is None:
            assert len(read_catalogue(written(file, text)).entries.price) == 8
            return
        with pytest.raises(FileRefused) as caught:
            read_catalogue(written(file, text))
        (problem,) = caught.value.problems
        assert problem.words.startswith("el precio se encima con el que empieza el ")
        is_the_new_one = problem.line > line_of(text, "centavos = 84900")
        assert is_the_new_one is wrong

    def test_it_cannot_end_before_it_begins(self, file: Path) -> None:
        text = instead("centavos = 6500", "centavos = 6500\nvalid_to = 2016-12-31")
        with pytest.raises(FileRefused) as caught:
            read_catalogue(written(file, text))
        assert str(caught.value.problems[0]) == (
            f"línea {line_of(text, 'valid_to')}: «valid_to» es antes de «valid_from»"
        )

    def test_two_free_ones(self, file: Path) -> None:
        text = instead("storage_gb = 80\n", "storage_gb = 80\nfree = true\n")
        with pytest.raises(FileRefused) as caught:
            read_catalogue(written(file, text))
        problem = f"línea {line_of(text, 'free = true', 2)}: solo una modalidad puede ser gratuita"
        assert problem in map(str, caught.value.problems)

    def test_a_package_that_is_a_plan(self, file: Path) -> None:
        text = instead('code = "TIMBRES-500"', 'code = "ESPACIO-4G"')
        with pytest.raises(FileRefused) as caught:
            read_catalogue(written(file, text))
        assert "«ESPACIO-4G» ya es una modalidad" in [p.words for p in caught.value.problems]

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("[[plan]", "línea 1: no es TOML (Expected ']]' at the end of an array declaration)"),
            ("a = 1\na = 2", "línea 2: no es TOML (Cannot overwrite a value)"),
            ('a = "', "línea 1: no es TOML (Unterminated string)"),
        ],
    )
    def test_what_is_no_toml(self, file: Path, text: str, sentence: str) -> None:
        with refused(f"{file} no se cargó: {sentence}", FileRefused):
            read_catalogue(written(file, text))

    def test_what_is_no_text(self, file: Path) -> None:
        file.write_bytes("# Lista\n# Año\n".encode("cp1252"))
        with refused(f"{file} no se cargó: línea 2: no está escrito en UTF-8", FileRefused):
            read_catalogue(file)

    def test_as_another_system_writes_it(self, file: Path) -> None:
        text = files("store.catalogue").joinpath("catalogue.toml").read_text("utf-8")
        file.write_bytes(("\ufeff" + text.replace("\n", "\r\n")).encode())
        assert read_catalogue(file).entries == read_catalogue(None).entries

    def test_what_is_not_there(self, file: Path) -> None:
        with refused(f"No se puede leer {file}: no existe.", Refusal):
            read_catalogue(file)


class TestLoading:
    """Into a store that has prices already."""

    def test_the_same_again_changes_nothing(self, store: Store, file: Path) -> None:
        before = contents(store)
        assert loaded(store, written(file, SHIPPED)) == SAME
        assert contents(store) == before

    @pytest.mark.parametrize("since", ["2020-07-14", "2020-08-01", "2021-01-01"])
    def test_a_new_price_closes_the_old_one_on_its_eve(
        self, store: Store, file: Path, since: str
    ) -> None:
        first = date.fromisoformat(since)
        text = without_4g() + NEW_PRICE.format(since=since)
        assert loaded(store, written(file, text)) == Loaded(products=0, prices=1, closed=1)
        old, new = [price for price in rows(store, Price) if price.product_code == "ESPACIO-4G"]
        assert (old.centavos, old.valid_from) == (6_500, date(2017, 1, 1))
        assert old.valid_to is not None
        assert (new.valid_from - old.valid_to).days == 1
        assert (new.centavos, new.valid_from, new.valid_to) == (7_000, first, None)
        assert new.source is PriceSource.OPERATOR
        with store.reading() as session:
            assert price_on(session, "ESPACIO-4G", old.valid_to).centavos == 6_500
            assert price_on(session, "ESPACIO-4G", first).centavos == 7_000

    def test_then_again_nothing_changes(self, store: Store, file: Path, watch: Watch) -> None:
        text = without_4g() + NEW_PRICE.format(since="2020-08-01")
        loaded(store, written(file, text))
        watch.passes(days=100)
        assert loaded(store, file) == SAME
        assert loaded(store, written(file, SHIPPED)) == SAME  # the old list says nothing new

    def test_a_price_may_be_closed_for_good(self, store: Store, file: Path) -> None:
        text = instead("centavos = 6500", "centavos = 6500\nvalid_to = 2020-07-31")
        assert loaded(store, written(file, text)) == Loaded(0, 0, 1)
        with store.reading() as session:
            assert price_on(session, "ESPACIO-4G", date(2020, 7, 31)).centavos == 6_500
            with refused("@spacio 4G no está a la venta hoy.", NotFound):
                price_on(session, "ESPACIO-4G", date(2020, 8, 1))

    def test_a_new_product(self, store: Store, file: Path) -> None:
        text = SHIPPED + (
            '\n[[stamps]]\ncode = "TIMBRES-1000"\nname = "1,000 Timbres"\nunits = 1000\n'
            '[[plan]]\ncode = "ESPACIO-20G"\nname = "@spacio 20G"\nmodality = "20G"\n'
            "rank = 25\nstorage_gb = 20\ncfdi_years = 5\n"
            '[[price]]\nproduct = "TIMBRES-1000"\ncentavos = 149900\nvalid_from = 2020-01-01\nsource = "operator"\n'
        )
        assert loaded(store, written(file, text)) == Loaded(products=2, prices=1, closed=0)
        with store.reading() as session:
            assert find_package(session, "timbres-1000").units == 1_000

    def test_names_and_discounts_may_change(self, store: Store, file: Path) -> None:
        text = instead("discount_bp = 1000", "discount_bp = 1200").replace(
            "@spacio 80G", "@spacio Max"
        )
        assert loaded(store, written(file, text)) == Loaded(products=2, prices=0, closed=0)
        assert {term.code: term.discount_bp for term in rows(store, Term)}["anual"] == 1_200
        assert {product.code: product.name for product in rows(store, Product)}[
            "ESPACIO-80G"
        ] == "@spacio Max"
        assert loaded(store, file) == SAME

    @pytest.mark.parametrize(
        ("before", "after", "words"),
        [
            ("months = 12", "months = 24", "«months» ya está y no cambia; usa otro código"),
            ("rank = 20", "rank = 21", "«rank» ya está y no cambia; usa otro código"),
            ("users = 30", "users = 40", "«users» ya está y no cambia; usa otro código"),
            ("storage_gb = 80", "storage_gb = 90", "«storage_gb» ya está y no cambia; usa otro código"),
            ("units = 500", "units = 600", "«units» ya está y no cambia; usa otro código"),
            ("centavos = 6500", "centavos = 7000",
             "desde el 01/01/2017 ya rige $ 65.00; un precio no se corrige, empieza otro"),
            ('2017-01-01\nsource = "sample"', '2017-01-01\nsource = "operator"',
             "desde el 01/01/2017 ya rige $ 156.00; un precio no se corrige, empieza otro"),
            ("centavos = 6500", "centavos = 6500\nvalid_to = 2020-07-12",
             "un precio no puede haber terminado antes de ayer"),
            ('code = "anual"', 'code = "anual-2"', "«months» ya es de anual"),
            ("2017-01-01", "2020-07-13", "un precio nuevo empieza hoy o después"),
            ("2017-01-01", "2016-01-01", "un precio nuevo empieza hoy o después"),
        ],
    )  # fmt: skip
    def test_what_contradicts_the_store_is_refused_whole(
        self, store: Store, file: Path, before: str, after: str, words: str
    ) -> None:
        text = instead(before, after)
        kept = contents(store)
        with pytest.raises(FileRefused) as caught:
            loaded(store, written(file, text))
        assert [problem.words for problem in caught.value.problems] == [words]
        assert caught.value.problems[0].line > 1
        assert contents(store) == kept

    def test_a_price_between_two_that_are_there(self, store: Store, file: Path) -> None:
        loaded(store, written(file, without_4g() + NEW_PRICE.format(since="2020-12-01")))
        text = without_4g() + NEW_PRICE.format(since="2020-10-01")
        with pytest.raises(FileRefused) as caught:
            loaded(store, written(file, text))
        assert caught.value.problems[0].words == (
            "el precio se encima con el que empieza el 01/01/2017"
        )

    def test_the_audit_counts_what_was_loaded(self, store: Store, file: Path) -> None:
        loaded(store, written(file, without_4g() + NEW_PRICE.format(since="2020-08-01")))
        event = rows(store, AuditEvent)[-1]
        assert (event.action, event.detail) == (
            "prices.loaded",
            '{"closed":1,"prices":1,"products":0}',
        )

    @pytest.mark.parametrize("role", [StaffRole.SOPORTE, StaffRole.CAJA, StaffRole.AUDITOR])
    def test_only_an_admin_loads(self, store: Store, file: Path, role: StaffRole) -> None:
        somebody = employee(store, "alguien", role)
        with refused(NOT_ALLOWED, NotAllowed):
            loaded(store, written(file, SHIPPED), somebody)


def load_in_another_process(address: str, file: Path) -> None:
    store = open_store(Settings(store=address))
    loaded(store, file)
    store.close()


def test_many_at_once_load_it_once(store: Store, file: Path, address: str) -> None:
    written(file, without_4g() + NEW_PRICE.format(since="2021-01-01"))
    finish([start(load_in_another_process, address, file) for _process in range(6)])
    assert loaded(store, file) == SAME
    of_4g = [price for price in rows(store, Price) if price.product_code == "ESPACIO-4G"]
    assert [price.centavos for price in of_4g] == [6_500, 7_000]
    assert [event.action for event in rows(store, AuditEvent)].count("prices.loaded") == 1


class TestNewStore:
    """A store starts with the package's list, or with the installation's."""

    def test_with_the_packages(self, new_address: str) -> None:
        store = create_store(Settings(store=new_address))
        assert len(rows(store, Price)) == 7
        assert [plan.modality for plan in rows(store, Plan)] != []
        with store.reading() as session:
            for code, units in (("TIMBRES-50", 50), ("TIMBRES-200", 200), ("TIMBRES-500", 500)):
                assert find_package(session, code).units == units
        store.close()

    def test_with_its_own(self, new_address: str, file: Path) -> None:
        text = instead("centavos = 6500", "centavos = 9900")
        store = create_store(Settings(store=new_address, catalogue=written(file, text)))
        with store.reading() as session:
            assert price_on(session, "ESPACIO-4G", date(2020, 7, 14)).centavos == 9_900
        store.close()

    def test_a_bad_list_makes_no_store(self, tmp_path: Path, file: Path) -> None:
        written(file, instead("centavos = 6500", "centavos = -1"))
        place = tmp_path / "nuevo" / "escritorio.db"
        with pytest.raises(FileRefused):
            create_store(Settings(store=str(place), catalogue=file))
        assert list(place.parent.iterdir()) == []


class TestListing:
    """What the staff see, and where each figure comes from."""

    def test_every_price_with_its_days_and_source(self, store: Store) -> None:
        with store.reading() as session:
            prices = list_prices(session, CONSOLE)
        assert [(price.product, price.centavos, price.source.value) for price in prices] == [
            ("@spacio 4G", 6_500, "seed"),
            ("@spacio 10G", 15_600, "sample"),
            ("@spacio 40G", 46_800, "sample"),
            ("@spacio 80G", 78_000, "sample"),
            ("50 Timbres", 14_500, "sample"),
            ("200 Timbres", 39_900, "sample"),
            ("500 Timbres", 84_900, "sample"),
        ]
        assert {price.valid_to for price in prices} == {None}

    def test_a_desk_may_not(self, store: Store, kemper: Person) -> None:
        with refused(NOT_ALLOWED, NotAllowed), store.reading() as session:
            list_prices(session, kemper)

    def test_prices_are_whole_centavos(self, store: Store) -> None:
        assert {type(price.centavos) for price in rows(store, Price)} == {int}
