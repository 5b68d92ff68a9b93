"""What happened, in a chain that cannot be mended unseen."""
