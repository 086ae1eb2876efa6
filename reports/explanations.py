"""What a unit says of its checks and changes: kept by year, printed with its papers."""

from collections.abc import Iterable, Mapping

from dangjian.lib import prose
from dangjian.lib.checks import all_checks
from dangjian.lib.figures import Figure, Register, UnknownFigure, figure_named
from reports.access import registers_open_to_all
from reports.documents.paper import Appendix
from reports.models import Explanation

# What is explained: its kind, and the code of the check or figure.
Subject = tuple[str, str]
TITLE = "有关情况说明"


def explanations_of(organization: int | None, year: int) -> dict[Subject, Explanation]:
    """Everything a unit has explained for a year. One query."""
    found = Explanation.objects.filter(organization=organization, year=year)
    return {(one.about, one.slug): one for one in found.select_related("updated_by")}


def explained_to(
    organization: int | None, year: int, registers: Iterable[Register]
) -> dict[Subject, Explanation]:
    """What a unit has explained of the checks and figures over these registers. One query."""
    shown = list(registers)
    found = explanations_of(organization, year)
    return {key: one for key, one in found.items() if explained_name(*key, shown)}


def figures_explained(explained: Iterable[Subject]) -> list[Figure]:
    """The figures among the subjects whose change since last year was explained."""
    return [figure_named(slug) for about, slug in explained if about == Explanation.About.CHANGE]


def texts_of_checks(explained: Mapping[Subject, Explanation]) -> dict[str, str]:
    """What was said of checks, by their codes."""
    return {
        slug: one.text
        for (about, slug), one in explained.items()
        if about == Explanation.About.CHECK
    }


def explained_name(about: str, slug: str, registers: Iterable[Register]) -> str:
    """The name of a check, or of a figure that may move, to who may see these; empty: none such."""
    shown = set(registers)
    if about == Explanation.About.CHECK:
        checks = [one for one in all_checks() if one.slug == slug and one.registers <= shown]
        return checks[0].name if checks else ""
    if about != Explanation.About.CHANGE:
        return ""
    try:
        figure = figure_named(slug)
    except UnknownFigure:
        return ""
    is_open = all(side.register in shown for side in figure.sides())
    return figure.name if is_open and not figure.is_change else ""


def explanations_appendix(organization: int | None, year: int) -> list[Appendix]:
    """The explanations as a table after the text; none where nothing was explained. One query.

    Everybody reads the paper, so it says nothing of registers that not everybody may see.
    """
    explained = explained_to(organization, year, registers_open_to_all()).values()
    rows: list[list[list[prose.Piece]]] = [
        [[prose.Text(one.get_about_display())], [prose.Text(one.name)], [prose.Text(one.text)]]
        for one in explained
    ]
    return [Appendix(TITLE, ["类别", "事项", "说明"], rows)] if rows else []
