"""Audit: who did what, when; written once, never changed."""
