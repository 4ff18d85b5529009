"""Bringing a table to the register: reading, matching columns, trying, storing."""
