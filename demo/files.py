"""Files that the associations of the sample year send along."""

from __future__ import annotations

import io
from typing import Final

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

# Calls in one evening to the help lines of three associations, and how many were answered.
CALLS: Final = {17: (24, 24), 18: (41, 36), 19: (58, 40), 20: (63, 41), 21: (37, 33), 22: (12, 12)}


def calls_by_hour() -> SimpleUploadedFile:
    """Return a sheet of how many people call and how many get an answer."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Soitot"
    sheet.append(["Kello", "Soittoja", "Vastattuja"])
    for hour, counts in CALLS.items():
        sheet.append([f"{hour}–{hour + 1}", *counts])
    made = io.BytesIO()
    book.save(made)
    return SimpleUploadedFile("Soitot tunneittain.xlsx", made.getvalue())
