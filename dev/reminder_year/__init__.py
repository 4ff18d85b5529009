"""A year of rounds at one-hour steps with outages: which reminders go, and which should."""
