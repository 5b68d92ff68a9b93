"""Demo stores of so many keys, each made once a run."""

from __future__ import annotations

from pathlib import Path

from store.demo import create_demo
from store.settings import Settings


def demo_with(folder: Path, keys: int) -> Path:
    """Give the file of a demo store with so many keys, in the run's folder."""
    file = folder / f"demo-{keys}.db"
    if not file.exists():
        create_demo(Settings(store=str(file)), keys=keys).close()
    return file
