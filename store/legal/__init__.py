"""Texts that a person accepts: kept by version, with the SHA-256 of what was on the screen."""
