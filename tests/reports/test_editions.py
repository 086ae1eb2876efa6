"""Signing a paper, and reading what was signed: exactly that, for ever."""
