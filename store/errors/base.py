"""What every other refusal is one of."""

from __future__ import annotations


class Refusal(Exception):
    """The desk says no, changes nothing, and says why in one sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Mistyped(Refusal):
    """What was typed into a field cannot be right."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class NotAllowed(Refusal):
    """The person's role, account or desk does not allow it."""


class NotFound(Refusal):
    """Nothing of that name."""
