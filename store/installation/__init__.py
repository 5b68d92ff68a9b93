"""This store itself: making it, opening it, its pepper, its clock's offset, its health."""
