"""What a call's form asks: the standard questions a round shows, and questions of its own."""
