"""Long lists, a window at a time."""
