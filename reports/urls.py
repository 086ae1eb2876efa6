"""The pages over several apps."""

from django.urls import path

from .views import (
    checks,
    coverage,
    crosstables,
    dashboard,
    enterprises,
    figures,
    imports,
    new_year,
    people,
    proofread,
    registers,
    search,
    start,
    status,
    summaries,
    villages,
)

urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("registers/<str:slug>/", registers.register, name="register"),
    path("registers/<str:slug>/xlsx", registers.register_xlsx, name="register_xlsx"),
    path("figures/", figures.figures, name="figures"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("enterprises/<int:pk>/", enterprises.enterprise, name="enterprise"),
    path("villages/<int:pk>/", villages.village, name="village"),
    path("search/", search.search, name="search"),
    path("people/<int:pk>/", people.person, name="person"),
    path("reports/<int:year>/summary/", summaries.summary, name="summary"),
    path("reports/<int:year>/summary.xlsx", summaries.workbook, name="workbook"),
    path("reports/<int:year>/tables/", crosstables.crosstables, name="crosstables"),
    path("reports/<int:year>/tables/<slug:slug>/", crosstables.crosstable, name="crosstable"),
    path(
        "reports/<int:year>/tables/<slug:slug>.xlsx",
        crosstables.crosstable_xlsx,
        name="crosstable_xlsx",
    ),
    path("reports/<int:year>/checks/", checks.checks, name="checks"),
    path("reports/proofread/", proofread.proofread_text, name="proofread"),
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
