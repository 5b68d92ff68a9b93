"""What a command ends with."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from store.errors import Refusal
from store.text import _, clean

DONE, FAILED, REFUSED = 0, 1, 2
"""Exit statuses: done; done but something is wrong; refused, nothing was changed."""

Row = Mapping[str, object]


class UsageError(Refusal):
    """The command line cannot be read; `detail` is argparse's own word for it."""

    def __init__(self, sentence: str, detail: str) -> None:
        super().__init__(f"{sentence} ({detail})")


def say(text: str) -> None:
    """Write a line for a person."""
    print(clean(text, limit=2000))


def complain(sentence: str) -> None:
    """Write a line about what went wrong."""
    print(clean(sentence, limit=2000), file=sys.stderr)


def show(rows: Sequence[Row], *, as_json: bool, empty: str) -> None:
    """Write a list: as JSON, or in columns with their names."""
    if as_json:
        print(json.dumps(list(rows), ensure_ascii=False, indent=2, default=_plain))
    elif not rows:
        say(empty)
    else:
        cells = [[clean(_plain(value)) for value in row.values()] for row in rows]
        widths = [
            max(len(name), *(len(line[at]) for line in cells)) for at, name in enumerate(rows[0])
        ]
        for line in ([_(name) for name in rows[0]], *cells):
            print(
                "  ".join(
                    text.ljust(width) for text, width in zip(line, widths, strict=True)
                ).rstrip()
            )


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value)
