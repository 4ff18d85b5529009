"""Which versions of the terms and of the privacy notice there have been; the last one holds now.

A version is the day from which it holds. When the meaning of a text changes, add a version here
and a file of that name under templates/rounds/call/terms/ or …/privacy/; never change an old file,
for people have accepted it.
"""

from typing import Final

TERMS_VERSIONS: Final = ("2026-11-22",)
PRIVACY_VERSIONS: Final = ("2026-11-22",)

TERMS_VERSION: Final = TERMS_VERSIONS[-1]
PRIVACY_VERSION: Final = PRIVACY_VERSIONS[-1]
