"""Whether the numbers hold: the desk of checks, claims, and any text."""
