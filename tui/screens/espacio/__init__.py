"""The section Espacio: what a desk has, the plan picker, and the Espacio's own door."""
