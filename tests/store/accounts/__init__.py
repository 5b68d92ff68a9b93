"""Who may enter, who they are, and what they may do."""
