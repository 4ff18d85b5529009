"""Why a table could not be read or stored."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from minno_portal.errors import Refused


class Unreadable(Refused):
    """The file is no table that we know."""

    sentence = _(
        "This file cannot be read as a table. Save it as an Excel workbook (.xlsx) or as CSV and "
        "try again."
    )


class TooLarge(Refused):
    """The file would take too much."""

    sentence = _("The file is too large: at most 5 MB, 5,000 rows and 50 columns.")


class NoRows(Refused):
    """There is nothing below the heads."""

    sentence = _("The table has no rows. The first row holds the heads of the columns.")


class NameNotMatched(Refused):
    """Without a name or a number nobody can tell which association a row is about."""

    sentence = _("Choose the column that holds the name of the association or its business ID.")


class ColumnTwice(Refused):
    """Two columns cannot hold the same piece of knowledge."""

    sentence = _("Two columns cannot hold the same detail. Choose one of them.")


class RegisterChanged(Refused):
    """What was shown is not what would happen now."""

    sentence = _(
        "The register has changed meanwhile. Look at the rows again: this is what would happen now."
    )


class FaultyRows(Refused):
    """Nothing is imported by halves unless the coordinator says so."""

    sentence = _(
        "Some rows have faults. Correct them in the file and bring it again, or choose to leave "
        "them out."
    )


class Emptied(Refused):
    """The rows were removed after a week."""

    sentence = _("The rows of this import have been removed. Bring the file again.")
