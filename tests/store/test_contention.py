"""Eight processes confirm the same 200 keys while some are killed: each key is somebody's exactly once.

Each process has a person for each key. All have checked all keys, and press [Confirmar] on the same one at the same
time. Whoever is told yes notes it down; whoever is killed is started again and goes on behind its last note.
"""

import random
import time
from collections import Counter
from collections.abc import Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from store.accounts.person import Person
from store.attempts.tables import AttemptKind, Verdict
from store.audit.tables import AuditEvent
from store.errors import KeyAlreadyHere, KeyUnavailable, StoreBusy
from store.installation.doctor import examine
from store.installation.opening import open_store
from store.installation.store import Store
from store.keys.activation import CheckedKey, check_key, confirm_key
from store.keys.code import read_key
from store.keys.tables import KeyState, PrepaidKey
from store.legal.tables import Acceptance
from store.mail.tables import Mail
from store.settings import Settings
from tests.store.contents import kept, rows, verdicts
from tests.store.lots import issued
from tests.store.processes import finish, kill, shared_numbers, start
from tests.store.strangers import strangers

PROCESSES, KEYS, KILLS = 8, 200, 25
PATIENCE = 0.3
"""Seconds to wait for the others before each key; who was killed needs some to come back."""


def confirms(
    address: str,
    place: int,
    people: Sequence[Person],
    keys: Sequence[CheckedKey],
    steps: Any,
    notes: Path,
) -> None:
    """Confirm each key with its person, in step with the others, and note each answer down."""
    store = open_store(Settings(store=address))
    done = len(notes.read_text().splitlines()) if notes.exists() else 0
    with notes.open("a", buffering=1) as diary:
        for number in range(done, len(keys)):
            keeps_step(steps, place, number)
            diary.write(f"{number} {answer(store, people[number], keys[number])}\n")
    steps[place] = len(keys)


def keeps_step(steps: Any, place: int, number: int) -> None:
    """Wait until everybody has come to a key, but not for ever."""
    steps[place] = number
    until = time.monotonic() + PATIENCE
    while min(steps) < number and time.monotonic() < until:
        time.sleep(0.001)


def answer(store: Store, person: Person, key: CheckedKey) -> str:
    """Press [Confirmar]; where the system is busy, as it says, again."""
    while True:
        try:
            confirm_key(store, person, key, licence_accepted=True)
        except KeyUnavailable:
            return "taken"
        except KeyAlreadyHere:
            return "mine"
        except StoreBusy:
            continue
        return "yes"


def race(address: str, people: Sequence[Person], keys: Sequence[CheckedKey], folder: Path) -> None:
    """Let the processes run, and kill one now and then."""
    rng = random.Random(2020)
    steps = shared_numbers(PROCESSES)

    def begin(place: int) -> BaseProcess:
        mine = people[place * KEYS : (place + 1) * KEYS]
        return start(confirms, address, place, mine, keys, steps, folder / f"notes-{place}")

    running = [begin(place) for place in range(PROCESSES)]
    for kills in range(1, KILLS + 1):
        # Spread over the race.
        while max(steps) < kills * KEYS // (KILLS + 1):
            time.sleep(0.001)
        time.sleep(rng.random() * 0.05)
        place = rng.randrange(PROCESSES)
        kill(running[place])
        running[place] = begin(place)
    finish(running)


def answers(folder: Path) -> dict[str, list[tuple[int, int]]]:
    """Read what everybody noted: for each answer, the place and the key."""
    read: dict[str, list[tuple[int, int]]] = {"yes": [], "taken": [], "mine": []}
    for place in range(PROCESSES):
        for line in (folder / f"notes-{place}").read_text().splitlines():
            number, said = line.split()
            read[said].append((place, int(number)))
    return read


def test_each_key_is_somebodys_exactly_once(
    address: str, store: Store, kemper: Person, tmp_path: Path
) -> None:
    people = strangers(store, PROCESSES * KEYS)
    typed = issued(store, KEYS)
    licence = check_key(store, kemper, typed[0]).licence
    checked = [CheckedKey(read_key(key), 50, licence) for key in typed]
    before = len(rows(store, Acceptance)), len(rows(store, Mail))

    race(address, people, checked, tmp_path)

    keys = [kept(store, key) for key in typed]
    is_confirmed_once(store, keys, before)
    told = answers(tmp_path)
    nobody_was_told_yes_in_vain(told, people, keys)
    assert all(found.sound for found in examine(store))
    assert verdicts(store, AttemptKind.KEY).count(Verdict.PENDING) <= KILLS
    # It was a race: others than one came first, and most came too late at the very last step.
    assert len({place for place, _key in told["yes"]}) >= PROCESSES / 2
    assert len(told["taken"]) > KEYS * (PROCESSES - 2)


def is_confirmed_once(store: Store, keys: Sequence[PrepaidKey], before: tuple[int, int]) -> None:
    """One acceptance, one mail and one event for each key, and no more of either."""
    assert {key.state for key in keys} == {KeyState.AVAILABLE}
    assert len({key.acceptance_id for key in keys}) == KEYS
    assert (len(rows(store, Acceptance)), len(rows(store, Mail))) == tuple(
        count + KEYS for count in before
    )
    facts = {mail.fact for mail in rows(store, Mail)}
    assert {f"key-confirmed:{key.id}" for key in keys} <= facts
    events = Counter(
        event.subject for event in rows(store, AuditEvent) if event.action == "key.confirmed"
    )
    assert events == {f"key:{key.id}": 1 for key in keys}
    accepted = {acceptance.id: acceptance for acceptance in rows(store, Acceptance)}
    for key in keys:
        assert key.acceptance_id is not None
        acceptance = accepted[key.acceptance_id]
        assert (acceptance.desk_id, acceptance.account_id) == (key.desk_id, key.confirmed_by)


def nobody_was_told_yes_in_vain(
    told: dict[str, list[tuple[int, int]]], people: Sequence[Person], keys: Sequence[PrepaidKey]
) -> None:
    """Who was told yes has the key; so has who was told that it is here already."""
    for place, number in (*told["yes"], *told["mine"]):
        assert keys[number].desk_id == people[place * KEYS + number].desk_id
    owners = Counter(number for _place, number in (*told["yes"], *told["mine"]))
    assert set(owners.values()) == {1}
    # Whoever is not told is one who was killed between the commit and the note, and asks again: nobody is left out.
    assert len(owners) == KEYS
    for place, number in told["taken"]:
        assert keys[number].desk_id != people[place * KEYS + number].desk_id
