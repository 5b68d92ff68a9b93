"""Clients: whom a distributor serves; a key gets one when it is first used."""
