from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.module_loading import autodiscover_modules

from dangjian.checks import check_databases


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "报告"

    def ready(self) -> None:
        from dangjian.lib.checks import check_sides  # noqa: PLC0415 - needs loaded apps
        from dangjian.lib.figures import DEFINERS  # noqa: PLC0415 - needs loaded apps
        from dangjian.lib.figures.checks import check_figures  # noqa: PLC0415 - needs loaded apps
        from orgs.scope import EVERYTHING  # noqa: PLC0415 - needs loaded apps
        from reports.custom_figures import figures_in_sight  # noqa: PLC0415 - needs loaded apps

        # As Django's admin finds admin.py: they register themselves on import.
        autodiscover_modules("figures", "crosstables", "checks")
        DEFINERS.append(figures_in_sight)
        register(check_figures(EVERYTHING))
        register(check_sides(EVERYTHING))
        register(check_databases, Tags.database)
