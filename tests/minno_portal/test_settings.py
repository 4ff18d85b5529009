"""The example of an environment, and what pages may load."""

from __future__ import annotations

import re

from django.conf import settings

from minno_portal.embedded import BASE_DIR
from minno_portal.settings import env


def test_every_name_in_the_example_is_a_setting_or_the_databases_password() -> None:
    lines = (BASE_DIR / ".env.example").read_text().splitlines()
    names = {line.partition("=")[0] for line in lines if re.match(r"[A-Z]", line)}
    assert names - {"POSTGRES_PASSWORD"} <= set(env.scheme)


def test_the_example_holds_no_secret() -> None:
    lines = (BASE_DIR / ".env.example").read_text().splitlines()
    assert {"SECRET_KEY=", "POSTGRES_PASSWORD="} <= set(lines)


def test_nothing_but_the_portal_itself_may_be_loaded() -> None:
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    allowed = {source for sources in policy.values() for source in sources}
    assert allowed == {"'none'", "'self'", "data:"}
    assert policy["default-src"] == ["'none'"]
    assert [name for name, sources in policy.items() if "data:" in sources] == ["img-src"]
