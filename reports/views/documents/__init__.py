"""The year's papers: read, write, plan, sign."""
