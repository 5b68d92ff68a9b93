"""The mails, as the staff see them."""
