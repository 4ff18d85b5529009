"""Phase 2: telling the associations by a letter to many."""
