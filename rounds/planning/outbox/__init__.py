"""The pages of letters: what was told, to whom, whether it arrived, and what to do about it."""
