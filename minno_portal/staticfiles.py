"""Which files of the packages are served: those that pages name, not everything they bring."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class PortalStaticFilesConfig(StaticFilesConfig):
    """Leave out the builds of Bootstrap that no page uses: compressing them takes half a minute."""

    ignore_patterns = [  # noqa: RUF012 (the base class has it like this)
        *StaticFilesConfig.ignore_patterns,
        "*.scss",
        "bootstrap-*",
        "bootstrap.rtl*",
        "bootstrap.css*",
        "bootstrap.esm*",
        "bootstrap.js*",
        "bootstrap.min.js*",
        "bootstrap.bundle.js*",
    ]
