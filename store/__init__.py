"""The desk without a screen.

Rules of the house: a function does one thing a person would name, takes a `Session` first and the person who acts,
never opens or commits a transaction, and raises a refusal of `store.errors` for every «no». The few procedures that
need several transactions by design (signing in, checking a key, carrying the mail) take the `Store` instead.
"""
