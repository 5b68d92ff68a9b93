"""The cart, the checkout, and «Mis pedidos»."""
