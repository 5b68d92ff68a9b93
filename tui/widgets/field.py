"""A named line to type in, with the sentence that refuses what was typed right below it."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Label

from tui.clean import content
from tui.widgets.text_field import TextField
from tui.widgets.words import Words


class Refused(Words):
    """The one sentence beside a field; it takes no room while there is nothing to say."""

    DEFAULT_CSS = """
    Refused { width: 1fr; height: auto; display: none; }
    Refused.-said { display: block; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(classes="refusal", id=id)

    def say(self, words: str) -> None:
        """Show a sentence, or nothing."""
        super().say(words)
        self.set_class(bool(words), "-said")


class Field(Vertical):
    """A word, a line to type in, and its refusal."""

    DEFAULT_CSS = """
    Field { height: auto; }
    Field > Horizontal { height: auto; }
    Field Label.field--word { width: 12; }
    Field TextField { width: 1fr; }
    Field.-compact TextField { height: 1; border: none; padding: 0; }
    Field Refused { padding-left: 12; }
    """

    input = query_one(TextField)
    refused = query_one(Refused)

    @dataclass
    class Changed(Message):
        """Something was typed."""

        field: Field

        @property
        def control(self) -> Field:
            """The field, for `@on` with a selector."""
            return self.field

    def __init__(
        self,
        word: str,
        *,
        value: str = "",
        password: bool = False,
        longest: int = 300,
        compact: bool = False,
        after: str = "",
        id: str,
    ) -> None:
        super().__init__(id=id, classes="-compact" if compact else "")
        self._word, self._compact, self._after = word, compact, after
        self._line = TextField(value, password=password, longest=longest, select_on_focus=False)

    def compose(self) -> ComposeResult:
        """Put the word before the line."""
        with Horizontal():
            yield Label(content(self._word), classes="field--word")
            if self._compact:
                yield Label("[", markup=False)
            yield self._line
            if self._compact:
                yield Label("]", markup=False)
            if self._after:
                yield Label(content(f" {self._after}"))
        yield Refused()

    @on(TextField.Changed)
    def _changed(self, event: TextField.Changed) -> None:
        event.stop()
        self.accept()
        self.post_message(self.Changed(self))

    @property
    def value(self) -> str:
        """What was typed."""
        return self._line.value

    def refuse(self, sentence: str) -> None:
        """Say why what was typed cannot be, and bring the cursor back to it."""
        self.refused.say(sentence)
        self.input.focus()

    def accept(self) -> None:
        """Take the refusal back."""
        self.refused.say("")
