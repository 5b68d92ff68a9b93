"""The parts screens are made of; each is given data and posts messages, and knows no table."""
