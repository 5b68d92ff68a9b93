"""Each fact mails once."""
