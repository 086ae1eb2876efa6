"""The pages of key tasks."""
