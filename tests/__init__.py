"""The tests: the store without a screen, the desk without a terminal, and both for real in e2e."""
