"""The store, tested without a screen: on SQLite, and on PostgreSQL where there is a server."""
