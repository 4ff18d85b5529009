"""Everything that happened to a challenge, by whom, from the rows that triggers have written."""
