"""What an association has accepted, version by version."""
