"""Data files with mistakes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store.errors.base import Refusal
from store.text import _, clean


@dataclass(frozen=True)
class LineProblem:
    """What is wrong in a line of a file."""

    line: int
    words: str

    def __str__(self) -> str:
        return _("línea {line}: {words}").format(line=self.line, words=self.words)


class FileRefused(Refusal):
    """A data file with mistakes; nothing of it was taken."""

    def __init__(self, file: str, problems: Sequence[LineProblem]) -> None:
        super().__init__(
            _("{file} no se cargó: {problems}").format(
                file=clean(file), problems="; ".join(str(problem) for problem in problems)
            )
        )
        self.problems = tuple(problems)
