"""Attempts: written down before they are checked, so that guessing has a limit whatever the fingers do."""
