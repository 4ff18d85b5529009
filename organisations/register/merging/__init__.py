"""Making one association of two that are the same."""
