"""The pages of village elections."""
