"""Only what changed reaches the terminal: a shadow of its screen, under Textual's writer."""
