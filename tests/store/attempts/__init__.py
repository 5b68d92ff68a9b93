"""How often one may guess."""
