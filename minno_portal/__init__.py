"""What every part of the MINNO portal shares."""

from minno_portal.celery import app as celery_app

__all__ = ["celery_app"]
