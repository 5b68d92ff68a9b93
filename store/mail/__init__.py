"""Mail: written with the fact that causes it, carried later, once."""
