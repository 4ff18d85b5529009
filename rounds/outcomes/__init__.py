"""Phases 8 and 9: what the teams made, and showing it."""
