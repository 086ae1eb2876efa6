"""Excel and CSV in: guard, read, examine, write. Nothing is stored before somebody confirms it."""
