"""Phase 7: the closing event and its awards."""
