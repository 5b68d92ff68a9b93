"""Making a store, opening it, moving it to a newer version, and looking after it."""
