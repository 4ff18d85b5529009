"""Letters that come back: from a mailbox of bounces, or from a mail service."""
