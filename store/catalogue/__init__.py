"""Catalogue: what can be sold or stand behind a key."""
