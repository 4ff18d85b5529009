"""Helping to shape a challenge: what to complete, the quality check, late permission, reading."""
