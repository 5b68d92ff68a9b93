"""The desk without a terminal, and its driver on a bare one."""
