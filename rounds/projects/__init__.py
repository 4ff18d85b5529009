"""Phase 6: teams and the life of their projects."""
