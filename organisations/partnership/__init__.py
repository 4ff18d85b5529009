"""A coordinator organisation and an institution that run rounds together."""
