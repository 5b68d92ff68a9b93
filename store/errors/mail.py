"""Mails."""

from __future__ import annotations

from store.errors.base import Refusal


class MailRefused(Refusal):
    """A mail cannot be sent again: it is not dead, or what it told was erased."""
