"""The desk's colours: the sixteen that every terminal has, none drawn on itself."""

from __future__ import annotations

from textual.theme import Theme

IN_WHITE = (
    "text",
    "text-muted",
    "text-disabled",
    "foreground-muted",
    "footer-foreground",
    "footer-description-foreground",
    "button-foreground",
    "button-color-foreground",
    "block-cursor-blurred-foreground",
    "border-blurred",
    "scrollbar",
    "scrollbar-hover",
)
"""What Textual would draw in black, or at half the strength of a colour it does not know."""

IN_BLACK = (
    "ansi-background",
    "surface",
    "panel",
    "block-cursor-blurred-background",
    "block-hover-background",
    "footer-background",
    "footer-description-background",
    "footer-item-background",
    "scrollbar-background",
    "scrollbar-corner-color",
)

THEME = Theme(
    name="escritorio",
    ansi=True,
    dark=True,
    primary="ansi_cyan",
    accent="ansi_bright_cyan",
    success="ansi_bright_green",
    warning="ansi_bright_yellow",
    error="ansi_bright_red",
    foreground="ansi_white",
    background="ansi_black",
    variables={
        **dict.fromkeys(IN_WHITE, "ansi_white"),
        **dict.fromkeys(IN_BLACK, "ansi_black"),
        "ansi-foreground": "ansi_white",
        "border": "ansi_bright_cyan",
        "block-cursor-foreground": "ansi_black",
        "block-cursor-background": "ansi_cyan",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-text-style": "bold",
        "footer-key-foreground": "ansi_bright_cyan",
        "input-selection-background": "ansi_blue",
        "input-selection-foreground": "ansi_bright_white",
        "link-color": "ansi_bright_cyan",
        "scrollbar-active": "ansi_bright_white",
    },
)
"""Dark, whatever the terminal's own ground; for `App.theme`."""
