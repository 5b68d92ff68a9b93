"""The audit, as an auditor reads it."""
