"""How fast the application is, as ratios to floors measured in the same run.

`python -m tests.bench` (or `make bench`) loads the demo into a new SQLite file, with the settings
of an installation and collected static files, and prints each ratio beside its gate. A missed gate
makes the exit status 1.
"""
