"""Orders: the cart, placing it once, paying honestly, and delivering each line once."""
