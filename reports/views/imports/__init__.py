"""Files into records: upload, look at what they would do, import, take back."""
