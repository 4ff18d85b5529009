"""Every e-mail of the portal as a row, and its delivery."""
