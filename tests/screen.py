"""What a running desk shows, as plain text."""

from typing import Any

from textual._context import visible_screen_stack
from textual.app import App


def screen_text(app: App[Any]) -> str:
    """Give the screen as lines of text, without colours and without spaces at their ends.

    Textual exports a screen as SVG only, so this is the one place that asks its compositor.
    """
    # What lies under a dialog is drawn with it.
    visible_screen_stack.set(app._background_screens)
    strips = app.screen._compositor.render_strips()
    return "".join(f"{strip.text.rstrip()}\n" for strip in strips)
