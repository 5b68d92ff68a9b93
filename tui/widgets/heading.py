"""The line at the top: where one is, and who."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from store.text import _, clean

CUT = 11
"""Characters of the company's name that stay where room lacks: «EMPRESA SIS...» (seed 000, figure 5)."""
ROOMY = 110
"""From this width on, the whole name stands there while it fits."""


def cut_name(name: str, width: int) -> str:
    """Write a company's name in the room that a screen of this width has for it."""
    room = width - 60 if width >= ROOMY else CUT + 3
    return name if cell_len(name) <= room else f"{set_cell_size(name, room - 3).rstrip()}..."


class Heading(Widget):
    """«Escritorio de servicios», the company, and who is in; a rule below."""

    COMPONENT_CLASSES = {"heading--rule"}

    DEFAULT_CSS = """
    Heading { dock: top; height: 2; text-wrap: nowrap; }
    """

    company: reactive[str] = reactive("")
    """The company whose desk it is, if somebody is in."""
    cart: reactive[str] = reactive("")
    """What the cart holds: «3 Productos»."""
    right: reactive[str] = reactive("")
    """Who is in; before that, the date."""

    def render(self) -> Content:
        """Draw the title, the company in the middle and the rest at the right."""
        width = self.size.width
        title, right = _(" Escritorio de servicios"), f"{clean(self.right, 30)} "
        if self.cart:
            right = f"{self.cart}     {right}"
        middle = ""
        if self.company:
            middle = _("Póliza: {company}").format(company=cut_name(clean(self.company), width))
        gap = max(1, (width - cell_len(middle)) // 2 - cell_len(title))
        line = f"{title}{' ' * gap}{middle}"
        line += " " * max(1, width - cell_len(line) - cell_len(right)) + right
        rule = Content("─" * width).stylize(self.get_visual_style("heading--rule"))
        return Content.assemble(set_cell_size(line, width), "\n", rule)
