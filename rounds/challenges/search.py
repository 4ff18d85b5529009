"""The words of challenges as PostgreSQL's Finnish full-text search finds them."""

from django.contrib.postgres.search import SearchVector

CONFIG = "finnish"

# The index of the table is made of this very expression; a query uses it only when it asks for
# the same.
WORDS = (
    SearchVector("title", weight="A", config=CONFIG)
    + SearchVector("summary", weight="B", config=CONFIG)
    + SearchVector("need", "change_sought", "target_group", weight="C", config=CONFIG)
)
