"""What a person's own data file tells of projects: the teams where they are named."""

from organisations.people.exports import exports_rows
from rounds.projects.models import Team

_FIELDS = ("challenge__reference", "name", "contact_email", "tutor_name", "tutor_email")

exports_rows("teams", Team, "contact_email", _FIELDS)
exports_rows("teams_tutored", Team, "tutor_email", _FIELDS)
