"""Work in a thread that is given a head start."""

import asyncio
import threading
from contextvars import ContextVar

import pytest

from tui.head_start import in_thread

WORD: ContextVar[str] = ContextVar("WORD")


async def test_its_result_is_there_at_once_where_it_is_short() -> None:
    others: list[str] = []
    asyncio.get_running_loop().call_soon(others.append, "drawn")
    assert await in_thread(lambda: list(others)) == []


async def test_what_takes_longer_lets_others_go_on() -> None:
    drawn = threading.Event()
    asyncio.get_running_loop().call_soon(drawn.set)
    assert await in_thread(lambda: drawn.wait(10))


async def test_its_error_comes_out() -> None:
    with pytest.raises(ZeroDivisionError):
        await in_thread(lambda: 1 / 0)


async def test_it_knows_what_its_caller_knows() -> None:
    WORD.set("aquí")
    assert await in_thread(WORD.get) == "aquí"
