"""Made-up companies, as many as are asked for: a trade, a place, a form, and a number where they are used up."""

from __future__ import annotations

_TRADES = (
    "Abarrotes", "Aceros", "Alimentos", "Autopartes", "Bombas", "Cafetales", "Calzado", "Cerámica",
    "Construcciones", "Despacho", "Electrónica", "Farmacias", "Ferretería", "Gráficos", "Herrajes",
    "Imprenta", "Jardines", "Laboratorios", "Llantas", "Maderas", "Muebles", "Ñandúes", "Óptica",
    "Panadería", "Plásticos", "Química", "Refrigeración", "Seguridad", "Textiles",
)  # fmt: skip
_PLACES = (
    "Acapulco", "Campeche", "Celaya", "Colima", "Cuernavaca", "Durango", "Guadalajara", "Hermosillo",
    "León", "Mérida", "Mexicali", "Monterrey", "Morelia", "Oaxaca", "Puebla", "Querétaro", "Saltillo",
    "Tampico", "Tepic", "Tijuana", "Toluca", "Veracruz", "Zacatecas",
)  # fmt: skip
_FORMS = ("", " S.A.", " e Hijos", " y Cía.")


def company(number: int) -> str:
    """Give the name of a company; each number has its own."""
    # The three lengths have no common divisor, so that every combination comes once before any comes again.
    trade, place, form = _TRADES[number % 29], _PLACES[number % 23], _FORMS[number % 4]
    again = number // (29 * 23 * 4)
    return f"{trade} {place}{form}" + (f" {again + 1}" if again else "")
