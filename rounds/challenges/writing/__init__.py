"""Writing a challenge: keeping what is typed, beginning, checking the language, previewing."""
