"""The pages over several apps."""

from django.urls import URLPattern, path

from .models import Kind
from .views import (
    coverage,
    crosstables,
    custom_figures,
    dashboard,
    enterprises,
    figures,
    new_year,
    people,
    registers,
    search,
    status,
    villages,
)
from .views.checks import claims, desk, proofread
from .views.documents import (
    editing,
    editions,
    picker,
    plan_items,
    plans,
    sections,
    summaries,
    versions,
)
from .views.imports import batches, start


def writing(kind: Kind) -> list[URLPattern]:
    """Where an office writes its text of that kind, and signs it."""
    place = f"reports/<int:year>/{kind}/edit/"
    of_kind = {"kind": kind}
    return [
        path(place, editing.edit, of_kind, name=f"{kind}_edit"),
        path(f"{place}history/", versions.history, of_kind, name=f"{kind}_history"),
        path(f"reports/<int:year>/{kind}/sign/", editions.signing, of_kind, name=f"{kind}_sign"),
    ]


urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("registers/<str:slug>/", registers.register, name="register"),
    path("registers/<str:slug>/xlsx", registers.register_xlsx, name="register_xlsx"),
    path("registers/<str:slug>/define/", custom_figures.define_figure, name="define_figure"),
    path("figures/", figures.figures, name="figures"),
    path("figures/picker/", picker.figure_picker, name="figure_picker"),
    path("figures/<int:pk>/delete/", custom_figures.delete_figure, name="delete_figure"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("enterprises/<int:pk>/", enterprises.enterprise, name="enterprise"),
    path("villages/<int:pk>/", villages.village, name="village"),
    path("search/", search.search, name="search"),
    path("people/<int:pk>/", people.person, name="person"),
    path("reports/<int:year>/summary/", summaries.summary, name="summary"),
    path("reports/<int:year>/summary.xlsx", summaries.workbook, name="workbook"),
    path(
        "reports/<int:year>/summary.docx",
        summaries.word,
        {"kind": Kind.SUMMARY},
        name="summary_docx",
    ),
    path("reports/<int:year>/plan.docx", summaries.word, {"kind": Kind.PLAN}, name="plan_docx"),
    path("reports/<int:year>/plan/", plans.plan, name="plan"),
    path("reports/<int:year>/plan/fulfilment/", plan_items.fulfilment, name="fulfilment"),
    path("plan-items/new/", plan_items.new, name="plan_item_new"),
    path("plan-items/<int:pk>/", plan_items.item, name="plan_item"),
    *writing(Kind.SUMMARY),
    *writing(Kind.PLAN),
    path("reports/sections/<int:pk>/", sections.section, name="section"),
    path("reports/sections/<int:pk>/preview/", sections.section_preview, name="section_preview"),
    path("reports/sections/<int:pk>/default/", sections.section_default, name="section_default"),
    path("reports/sections/<int:pk>/remove/", sections.section_remove, name="section_remove"),
    path("reports/sections/<int:pk>/history/", versions.section_history, name="section_history"),
    path(
        "reports/<int:year>/summary/sign/",
        editions.signing,
        {"kind": Kind.SUMMARY},
        name="summary_sign",
    ),
    path("reports/<int:year>/plan/sign/", editions.signing, {"kind": Kind.PLAN}, name="plan_sign"),
    path("reports/editions/<int:pk>/", editions.edition, name="edition"),
    path("reports/editions/<int:pk>/drift/", editions.edition_drift, name="edition_drift"),
    path("reports/editions/<int:pk>/rows/", editions.edition_rows, name="edition_rows"),
    path("reports/editions/files/<int:pk>/", editions.edition_file, name="edition_file"),
    path("reports/<int:year>/tables/", crosstables.crosstables, name="crosstables"),
    path("reports/<int:year>/tables/<slug:slug>/", crosstables.crosstable, name="crosstable"),
    path(
        "reports/<int:year>/tables/<slug:slug>.xlsx",
        crosstables.crosstable_xlsx,
        name="crosstable_xlsx",
    ),
    path("reports/<int:year>/checks/", desk.checks, name="checks"),
    path("reports/<int:year>/checks/failing/", desk.failing, name="checks_failing"),
    path("reports/<int:year>/checks/explain/", desk.explain_together, name="explain_together"),
    path(
        "reports/<int:year>/checks/explanations/<slug:about>/<str:slug>/",
        desk.explanation,
        name="explanation",
    ),
    path("reports/<int:year>/claims/", claims.claims, name="claims"),
    path("reports/<int:year>/claims/new/", claims.new, name="claim_new"),
    path("reports/<int:year>/claims/paste/", claims.paste, name="claims_paste"),
    path("claims/<int:pk>/", claims.claim, name="claim"),
    path("claims/<int:pk>/delete/", claims.delete, name="claim_delete"),
    path("reports/proofread/", proofread.proofread_text, name="proofread"),
    path("years/open/", new_year.new_year, name="new_year"),
    path("imports/", batches.batches, name="imports"),
    path("imports/start/", start.start, name="import_start"),
    path("imports/new/", batches.new, name="import_new"),
    path("imports/template.xlsx", batches.template, name="import_template"),
    path("imports/<int:pk>/", batches.batch, name="import_batch"),
    path("imports/<int:pk>/annotated.xlsx", batches.annotated_file, name="import_annotated"),
    path("imports/<int:pk>/undo/", batches.undo_batch, name="import_undo"),
    path("healthz", status.healthz, name="healthz"),
]
