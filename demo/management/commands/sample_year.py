"""Fill an empty demo with a year of rounds."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo.play import play
from organisations.people.models import User


class Command(BaseCommand):
    """`manage.py sample_year`: plays the sample year through the services."""

    help = "Fill an empty demo database with a year of sample rounds."

    def handle(self, *args: Any, **options: Any) -> None:
        """Play the year, unless somebody is there already."""
        if not settings.DEMO:
            raise CommandError("The sample year belongs to the demo: set DEMO=1.")
        if User.objects.exists():
            self.stdout.write("There are people already: nothing was added.")
            return
        # The year has letters that fail on purpose: no cause for warnings on the screen.
        logging.getLogger("minno_portal.outbox").setLevel(logging.ERROR)
        play()
        self.stdout.write("The sample year is ready.")
