"""The demo: a year of sample rounds, and a page where one can become any of its people."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Installed only where DEMO=1 and the database is the embedded one."""

    name = "demo"
