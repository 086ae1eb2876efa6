"""Forms of the pages over several apps."""
