"""Which versions of the terms and of the privacy notice hold now; acceptance records them.

Change the date when the text's meaning changes (templates/rounds/call/terms.html, privacy.html).
"""

from typing import Final

TERMS_VERSION: Final = "2026-11-21"
PRIVACY_VERSION: Final = "2026-11-21"
