"""Phases 2–3: telling the associations, and the public pages of the call."""
