"""What the fest tells others: itself as a public moment."""

from rounds.fest import kit

__all__ = ["kit"]
