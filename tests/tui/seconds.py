"""A watch for the desk's patience: it stands still until a test winds it."""

from tests.tui.person import Person


class Seconds:
    """Shows seconds since the desk was opened."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def idles(person: Person, seconds: float) -> None:
    """Let time pass without a key, and the desk's timer with it."""
    watch = person.app.seconds
    assert isinstance(watch, Seconds)
    watch.now += seconds
    person.app.attendance.look()
    await person.settles()
