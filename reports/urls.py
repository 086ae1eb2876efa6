"""The pages over several apps."""

from django.urls import URLPattern, path

from .models import Kind
from .views import (
    checks,
    coverage,
    crosstables,
    dashboard,
    editing,
    enterprises,
    figures,
    imports,
    new_year,
    people,
    picker,
    registers,
    search,
    sections,
    start,
    status,
    summaries,
    versions,
    villages,
)


def writing(kind: Kind) -> list[URLPattern]:
    """Where an office writes its text of that kind."""
    place = f"reports/<int:year>/{kind}/edit/"
    of_kind = {"kind": kind}
    return [
        path(place, editing.edit, of_kind, name=f"{kind}_edit"),
        path(f"{place}history/", versions.history, of_kind, name=f"{kind}_history"),
    ]


urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("registers/<str:slug>/", registers.register, name="register"),
    path("registers/<str:slug>/xlsx", registers.register_xlsx, name="register_xlsx"),
    path("figures/", figures.figures, name="figures"),
    path("figures/picker/", picker.figure_picker, name="figure_picker"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("enterprises/<int:pk>/", enterprises.enterprise, name="enterprise"),
    path("villages/<int:pk>/", villages.village, name="village"),
    path("search/", search.search, name="search"),
    path("people/<int:pk>/", people.person, name="person"),
    path("reports/<int:year>/summary/", summaries.summary, name="summary"),
    path("reports/<int:year>/summary.xlsx", summaries.workbook, name="workbook"),
    *writing(Kind.SUMMARY),
    path("reports/sections/<int:pk>/", sections.section, name="section"),
    path("reports/sections/<int:pk>/preview/", sections.section_preview, name="section_preview"),
    path("reports/sections/<int:pk>/default/", sections.section_default, name="section_default"),
    path("reports/sections/<int:pk>/remove/", sections.section_remove, name="section_remove"),
    path("reports/sections/<int:pk>/history/", versions.section_history, name="section_history"),
    path("reports/<int:year>/tables/", crosstables.crosstables, name="crosstables"),
    path("reports/<int:year>/tables/<slug:slug>/", crosstables.crosstable, name="crosstable"),
    path(
        "reports/<int:year>/tables/<slug:slug>.xlsx",
        crosstables.crosstable_xlsx,
        name="crosstable_xlsx",
    ),
    path("reports/<int:year>/checks/", checks.checks, name="checks"),
    path("years/open/", new_year.new_year, name="new_year"),
    path("imports/", imports.batches, name="imports"),
    path("imports/start/", start.start, name="import_start"),
    path("imports/new/", imports.new, name="import_new"),
    path("imports/template.xlsx", imports.template, name="import_template"),
    path("imports/<int:pk>/", imports.batch, name="import_batch"),
    path("imports/<int:pk>/annotated.xlsx", imports.annotated_file, name="import_annotated"),
    path("imports/<int:pk>/undo/", imports.undo_batch, name="import_undo"),
    path("healthz", status.healthz, name="healthz"),
]
