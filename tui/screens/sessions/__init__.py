"""The sessions of whoever is in."""
