"""What a file must be before any parser touches it; see docs/security.md."""


class BadFile(ValueError):  # noqa: N818 - reads as what it is: "except BadFile"
    """The file cannot be read; the message tells the user why, and what to do."""
