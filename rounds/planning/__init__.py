"""Phase 1: a round, its calendar, its phases and the working time; the desk of everybody."""
