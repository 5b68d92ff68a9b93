"""The staff's payments: what was declared, recorded and confirmed."""
