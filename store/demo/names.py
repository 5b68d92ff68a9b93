"""Who and what is in the demo, for tests and pages to name."""

from __future__ import annotations

from datetime import UTC, datetime

START = datetime(2020, 7, 14, 18, 0, tzinfo=UTC)
"""When a fresh demo lives: 14/07/2020 at 13:00 in Mexico City."""
PASSWORD = "demo2020"
DISTRIBUTOR, CUSTOMER = "empresasis", "kemper"
GOOD_50, GOOD_200, VOID, ANOTHER_DESKS, EXPIRED = TO_TYPE = (
    "38SQ-Y7AU-NS7R-UHBE",
    "YZWZ-J3HS-WU5H-XDMW",
    "E39G-DCYD-BVK5-H3UP",
    "SBZM-3D2T-MKTG-M5HK",
    "SEKY-HXRG-CWYR-DDXJ",
)
"""Keys to type: good 50, good 200, void, another desk's, expired."""
OTHERS = 60
"""Keys besides the seed's figure, spread over the five months before it."""
STAFF = ("caja1", "caja2", "soporte", "auditor", "admin")
"""The staff, each with the role of its name."""
FREE, ENDING, IN_GRACE, SUSPENDED, LARGE = (
    "herreria",
    "kernel",
    "iluminadora",
    "valordes",
    "robotica",
)
"""Desks by their Espacio: 1G; 4G, 21 days from its end; in grace; suspended; 80G for a year. Kemper's has none."""
