"""A round's table of challenges: as quick as a spreadsheet, light at any size."""
