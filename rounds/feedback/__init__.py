"""Phase 10: feedback without names."""
