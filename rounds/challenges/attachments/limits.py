"""How much may be sent with one challenge, and how large an opened file may become."""

from __future__ import annotations

from typing import Final

MEGABYTE: Final = 1024 * 1024

LARGEST_FILE: Final = 10 * MEGABYTE
LARGEST_TOTAL: Final = 30 * MEGABYTE
MOST_FILES: Final = 10

# Office documents are packed: what they unpack to, and how tightly they may be packed.
MOST_ENTRIES: Final = 2000
LARGEST_UNPACKED: Final = 100 * MEGABYTE
TIGHTEST_PACKING: Final = 300
