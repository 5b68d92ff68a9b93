"""The command line: opens the desk, or administers its store. Help in Spanish."""
