"""Espacio: a desk's cloud storage, its contracts one after the other, and its own login."""
