"""The life of a key: written, issued, checked, confirmed, moved by the staff, listed and told."""
