"""Run every benchmark and print a table of ratios."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from store.demo import create_demo
from store.settings import Settings
from tests.bench.start import login_against_hello

ROUNDS = 11


def main() -> None:
    """Measure on a demo store of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("CONFIG", "DATA", "STATE"):
            os.environ[f"XDG_{name}_HOME"] = folder
        store = Path(folder) / "demo.db"
        create_demo(Settings(store=str(store))).close()
        start = login_against_hello(store, ROUNDS)
    print("| what | against | ratio | ours | theirs |")
    print("|---|---|---|---|---|")
    print(
        "| process start to login painted | bare Textual hello-world"
        f" | {start.ratio:.2f} | {start.ours:.3f} s | {start.theirs:.3f} s |"
    )


if __name__ == "__main__":
    main()
