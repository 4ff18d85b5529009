"""Phases 3 and 4: associations give challenges, the coordinator helps to shape them."""
