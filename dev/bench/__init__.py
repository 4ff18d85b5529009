"""How fast the portal's pages are, as multiples of a bare Django view measured in the same run."""
