"""Loading keys by the hundred thousand: in steps that lock nobody out, and that go on after a kill."""
