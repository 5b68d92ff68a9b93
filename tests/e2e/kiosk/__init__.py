"""A kiosk on a real console, under a real getty."""
