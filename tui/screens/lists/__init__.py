"""Pages that are a list over the store: each gives its columns, the words of a row, and what is done from it."""
