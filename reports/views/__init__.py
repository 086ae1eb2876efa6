"""Pages over several apps, one module a page."""
