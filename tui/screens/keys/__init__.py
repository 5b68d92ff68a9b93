"""The page «Claves prepago», and the questions it asks."""
