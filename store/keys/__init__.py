"""Prepaid keys: their form, issuing them, confirming them in a desk, and listing those a desk holds."""
