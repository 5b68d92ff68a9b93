"""The windowed grid on a source of its own: it asks for what is in sight, and waits for nothing."""

import threading
from collections.abc import Sequence
from contextlib import suppress

import pytest
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from tests.tui.showcase import Showcase
from tui.widgets.grid import DESCENDING, Grid, GridColumn, GridGroup, GridLine, GridRow

COLUMNS = (GridColumn("Clave", 7), GridColumn("Cantidad", 8, align_right=True))
EMPTY = "No hay nada."


class Numbered:
    """So many numbered lines; remembers what it was asked for, and may be made to wait."""

    def __init__(self, length: int, word: str = "fila") -> None:
        self.length, self.word = length, word
        self.asked: list[range] = []
        self.reached, self.open = threading.Event(), threading.Event()
        self.open.set()

    def read(self, first: int, length: int) -> Sequence[GridLine]:
        self.asked.append(range(first, first + length))
        self.reached.set()
        assert self.open.wait(10)
        last = min(first + length, self.length)
        return [GridRow((f"{self.word} {number}", f"{number:,}")) for number in range(first, last)]


class GridApp(Showcase):
    """A grid and nothing else."""

    def __init__(self) -> None:
        super().__init__(lambda: Grid(COLUMNS, empty=EMPTY))
        self.seen: list[tuple[int, int, int]] = []
        self.opened: list[int] = []
        self.waited = False

    @property
    def grid(self) -> Grid:
        """The grid."""
        return self.query_one(Grid)

    @property
    def lines(self) -> list[str]:
        """The lines below the headings that hold something."""
        lines = (" ".join(line.split()) for line in self.text.splitlines()[1:])
        return [line for line in lines if line]

    def on_grid_row_highlighted(self, event: Grid.RowHighlighted) -> None:
        self.seen.append((event.cursor, event.first, event.last))

    def on_grid_waiting(self) -> None:
        self.waited = True

    def on_grid_row_selected(self, event: Grid.RowSelected) -> None:
        self.opened.append(event.position)


async def settled(pilot: Pilot[object]) -> None:
    """Wait until the grid has read what it asked for, and drawn it."""
    with suppress(WorkerCancelled):  # by a newer one
        await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def press(pilot: Pilot[object], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot)


async def test_it_asks_for_a_window_and_never_for_the_whole() -> None:
    app, source = GridApp(), Numbered(1_000_000)
    async with app.run_test(size=(30, 11)) as pilot:
        app.grid.show(source, COLUMNS)
        await settled(pilot)
        assert app.lines[0] == "fila 0 0"
        await press(pilot, "end")
        assert app.lines[-1] == "fila 9… 999,999"
        assert all(len(window) <= 40 for window in source.asked)
        assert app.seen[-1] == (999_999, 999_990, 999_999)
        await press(pilot, "home")
        assert app.seen[-1] == (0, 0, 9)


async def test_what_was_read_is_not_asked_for_again() -> None:
    app, source = GridApp(), Numbered(100)
    async with app.run_test(size=(30, 11)) as pilot:
        app.grid.show(source, COLUMNS)
        await press(pilot, *["down"] * 12, "home")
        asked = len(source.asked)
        await press(pilot, *["down"] * 12, "home")
        assert len(source.asked) == asked


async def test_the_next_screen_is_read_ahead() -> None:
    app, source = GridApp(), Numbered(100)
    async with app.run_test(size=(30, 11)) as pilot:
        app.grid.show(source, COLUMNS)
        await press(pilot, "pagedown")
        source.open.clear()
        await pilot.press("pagedown")
        await pilot.pause()
        assert app.lines[0] == "fila 20 20"
        source.open.set()


async def test_paging_moves_the_window_and_the_cursor_keeps_its_place() -> None:
    app = GridApp()
    async with app.run_test(size=(30, 11)) as pilot:
        app.grid.show(Numbered(25), COLUMNS)
        await press(pilot, "down", "down", "pagedown")
        assert app.seen[-1] == (12, 10, 19)
        await press(pilot, "pagedown")
        assert app.seen[-1] == (22, 15, 24)
        await press(pilot, "pagedown")
        assert app.seen[-1] == (24, 15, 24)
        await press(pilot, "pageup", "pageup", "pageup")
        assert app.seen[-1] == (0, 0, 9)


async def test_every_page_is_read_and_one_row_has_the_cursor() -> None:
    app = GridApp()
    async with app.run_test(size=(30, 11)) as pilot:
        app.grid.show(Numbered(100), COLUMNS)
        await settled(pilot)
        for page in range(1, 10):
            await press(pilot, "pagedown")
            assert app.lines == [f"fila {10 * page + row} {10 * page + row}" for row in range(10)]
            assert app.in_reverse_video().split() == ["fila", *[str(10 * page)] * 2]
        for page in range(8, -1, -1):
            await press(pilot, "pageup")
            assert app.lines[0] == f"fila {10 * page} {10 * page}"


async def test_the_window_moves_as_little_as_shows_the_cursor() -> None:
    app = GridApp()
    async with app.run_test(size=(30, 11)) as pilot:
        app.grid.show(Numbered(25), COLUMNS)
        await press(pilot, *["down"] * 10)
        assert app.seen[-1] == (10, 1, 10)
        await press(pilot, "up")
        assert app.seen[-1] == (9, 1, 10)
        await press(pilot, *["up"] * 9)
        assert app.seen[-1] == (0, 0, 9)
        await press(pilot, "up")
        assert app.grid.cursor == 0


async def test_a_larger_window_is_filled_and_a_smaller_one_shows_the_cursor() -> None:
    app = GridApp()
    async with app.run_test(size=(30, 11)) as pilot:
        app.grid.show(Numbered(25), COLUMNS)
        await press(pilot, "end")
        await pilot.resize_terminal(30, 21)
        await settled(pilot)
        assert len(app.lines) == 20
        assert app.seen[-1] == (24, 5, 24)
        await pilot.resize_terminal(30, 6)
        await settled(pilot)
        assert app.seen[-1] == (24, 20, 24)


@pytest.mark.parametrize("key", ["enter", "down", "up", "end", "home", "pagedown", "pageup"])
async def test_an_empty_list_says_so_and_takes_every_key(key: str) -> None:
    app = GridApp()
    async with app.run_test(size=(30, 11)) as pilot:
        app.grid.show(Numbered(0), COLUMNS)
        await press(pilot, key, key)
        assert app.lines == [EMPTY]
        assert app.opened == []
        assert app.grid.cursor == 0


async def test_a_grid_without_a_source_takes_every_key() -> None:
    app = GridApp()
    async with app.run_test(size=(30, 11)) as pilot:
        await press(pilot, "enter", "down", "end", "pagedown", "home")
        assert app.opened == []


async def test_a_slow_source_blocks_no_key() -> None:
    app, source = GridApp(), Numbered(1000)
    source.open.clear()
    async with app.run_test(size=(30, 11)) as pilot:
        app.grid.show(source, COLUMNS)
        await pilot.press("end", "up", "enter")
        assert source.reached.is_set()
        assert app.grid.cursor == 998
        assert app.opened == [998]
        assert set(app.lines) == {"·"}, "a line that was not read yet is a dot"
        source.open.set()
        await settled(pilot)
        assert app.lines[-1] == "fila 9… 999"


async def test_of_two_sources_the_newer_one_is_shown() -> None:
    app, old, new = GridApp(), Numbered(20, "vieja"), Numbered(20, "nueva")
    old.open.clear()
    async with app.run_test(size=(30, 11)) as pilot:
        app.grid.show(old, COLUMNS)
        await pilot.pause()
        assert old.reached.is_set()
        app.grid.show(new, COLUMNS)
        await settled(pilot)
        old.open.set()
        await settled(pilot)
        assert {line.split()[0] for line in app.lines} == {"nueva"}


async def test_a_shorter_source_brings_the_cursor_back() -> None:
    app = GridApp()
    async with app.run_test(size=(30, 11)) as pilot:
        app.grid.show(Numbered(100), COLUMNS)
        await press(pilot, "end")
        app.grid.show(Numbered(5), COLUMNS, cursor=app.grid.cursor)
        await settled(pilot)
        assert app.seen[-1] == (4, 0, 4)
        assert len(app.lines) == 5


async def test_a_source_that_shrank_leaves_dots() -> None:
    class Shrunk(Numbered):
        def read(self, first: int, length: int) -> Sequence[GridLine]:
            return list(super().read(first, length))[:3]

    app = GridApp()
    async with app.run_test(size=(30, 11)) as pilot:
        app.grid.show(Shrunk(10), COLUMNS)
        await settled(pilot)
        assert app.lines[2:] == ["fila 2 2", *["·"] * 7]


async def test_groups_are_indented_by_depth_and_marked_when_folded() -> None:
    class Groups:
        length = 2

        def read(self, _first: int, _length: int) -> Sequence[GridLine]:
            return [GridGroup("Estatus: Anulada", 0, False), GridGroup("Fecha: hoy", 1, True)]

    app = GridApp()
    async with app.run_test(size=(30, 4)) as pilot:
        app.grid.show(Groups(), COLUMNS)
        await settled(pilot)
        assert app.text.splitlines()[1:3] == [" ▼ Estatus: Anulada", "   ► Fecha: hoy"]


@pytest.mark.parametrize(
    ("width", "headings"),
    [
        (40, " Clave   ▼F. Activación Cliente"),
        (30, " Clave   ▼F. Activ. Cliente"),
    ],
)
async def test_headings_are_whole_where_they_fit(width: int, headings: str) -> None:
    columns = (
        GridColumn("Clave", 7),
        GridColumn("F. Activación", 9, short="F. Activ.", mark=DESCENDING),
        GridColumn("Cliente", 10),
    )
    app = GridApp()
    async with app.run_test(size=(width, 5)) as pilot:
        app.grid.show(Numbered(0), columns)
        await settled(pilot)
        assert app.text.splitlines()[0] == headings


async def test_the_last_column_takes_the_room_that_is_left_and_cuts_what_is_too_long() -> None:
    class Clients:
        length = 3

        def read(self, _first: int, _length: int) -> Sequence[GridLine]:
            return [
                GridRow(("1", name))
                for name in ("Ñandú y Hermanos", "日本語の会社です", "e\u0301" * 9)
            ]

    columns = (GridColumn("N", 1), GridColumn("Cliente", 8))
    app = GridApp()
    async with app.run_test(size=(12, 5)) as pilot:
        app.grid.show(Clients(), columns)
        await settled(pilot)
        assert app.text.splitlines()[1] == " 1 Ñandú y …"
        assert app.text.splitlines()[2] == " 1 日本語の…"
        assert all(strip.cell_length == 12 for strip in app.screen._compositor.render_strips())


@pytest.mark.parametrize(
    "hostile",
    ["[/] S.A.", "[@click=app.quit]x[/]", "\x1b]52;c;eA==\x07", "\x9b2J", "\u202eabc", "a\nb"],
)
async def test_a_hostile_cell_is_only_text(hostile: str) -> None:
    class Hostile:
        length = 2

        def read(self, _first: int, _length: int) -> Sequence[GridLine]:
            return [GridRow((hostile, hostile)), GridGroup(hostile, 0, False)]

    app = GridApp()
    async with app.run_test(size=(60, 5)) as pilot:
        app.grid.show(Hostile(), COLUMNS)
        await press(pilot, "down", "enter")
        assert app.text.replace("\n", "").isprintable()
        assert app.opened == [1]


async def test_the_row_under_the_cursor_stands_in_reverse_video() -> None:
    app = GridApp()
    async with app.run_test(size=(30, 11)) as pilot:
        app.grid.show(Numbered(25), COLUMNS)
        await press(pilot, "down", "down")
        assert app.in_reverse_video().split() == ["fila", "2", "2"]


class Uncounted(Numbered):
    """A source of which the length is an upper bound at first; its second half is read from the end."""

    def __init__(self, at_most: int, really: int) -> None:
        super().__init__(at_most)
        self.really = really

    def count(self) -> None:
        self.length = self.really

    def read(self, first: int, length: int) -> Sequence[GridLine]:
        by = self.really - self.length if first >= self.length // 2 else 0
        lines = Numbered(self.really).read(first + by, length)
        self.asked.append(range(first, first + length))
        return lines


async def test_the_end_is_there_before_the_count_and_the_cursor_stays_when_it_comes() -> None:
    app, source = GridApp(), Uncounted(1_000_000, 700)
    async with app.run_test(size=(30, 11)) as pilot:
        app.grid.show(source, COLUMNS)
        await press(pilot, "end", "up")
        before = app.lines
        assert before[-1] == "fila 6… 699"
        source.count()
        app.grid.take_length()
        await settled(pilot)
        assert app.lines == before
        assert app.seen[-1] == (698, 690, 699)
        await press(pilot, "home")
        assert app.lines[0] == "fila 0 0"


async def test_a_count_moves_nobody_who_is_near_the_beginning() -> None:
    app, source = GridApp(), Uncounted(1_000_000, 700)
    async with app.run_test(size=(30, 11)) as pilot:
        app.grid.show(source, COLUMNS)
        await press(pilot, "pagedown", "down")
        before = app.lines
        source.count()
        app.grid.take_length()
        await settled(pilot)
        assert app.lines == before
        assert app.seen[-1] == (11, 10, 19)


async def test_lines_that_take_their_time_are_told_of() -> None:
    app, source = GridApp(), Numbered(100)
    source.open.clear()
    async with app.run_test(size=(30, 11)) as pilot:
        app.grid.show(source, COLUMNS)
        while not app.waited:
            await pilot.pause(0.01)
        source.open.set()
        await settled(pilot)
        assert app.lines[0] == "fila 0 0"


async def test_far_lines_are_forgotten() -> None:
    app, source = GridApp(), Numbered(100_000)
    async with app.run_test(size=(30, 11)) as pilot:
        app.grid.show(source, COLUMNS)
        for _page in range(30):
            await press(pilot, "pagedown")
        assert len(app.grid._lines) < 250


async def test_each_key_acts_once() -> None:
    app, source = GridApp(), Numbered(1_000)
    async with app.run_test(size=(30, 11)) as pilot:
        app.grid.show(source, COLUMNS)
        for key, cursor in {"down": 1, "pagedown": 11, "up": 10, "pageup": 0, "end": 999}.items():
            await press(pilot, key)
            assert app.grid.cursor == cursor
        await press(pilot, "enter")
        assert app.opened == [999]
