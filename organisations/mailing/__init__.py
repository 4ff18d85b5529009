"""Letters to many: who has said no to them, and which addresses take none."""
