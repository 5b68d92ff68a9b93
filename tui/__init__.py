"""The desk a person sits at: screens, widgets, and what reaches the terminal."""
