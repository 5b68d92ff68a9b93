"""What fills the terminal: pages, questions (modals with a typed answer), and answers."""
