"""Figures: named measures over named registers, computed in one query per register and baseline.

An app declares them next to its models::

    figures = FigureSet("orgs", "非公党建")
    enterprises = figures.register("enterprises", "非公企业台账", Enterprise, rows=…, village=…)

    @enterprises.count("已建立党组织的非公企业", unit="家")
    def covered(period):
        \"\"\"期末由党组织覆盖的在营非公企业。\"\"\"
        return Coverage.objects.exists_on(period.as_of)

The function returns the *condition*; number, listed rows and Excel marks all come from it.
"""

from .conditions import Condition
from .custom import BadDefinition, define, filters_in_words, measurable
from .dimensions import BadFilter, Dimension, age_from, words_in
from .engine import aggregate, compute, compute_both, compute_by_village
from .expressions import Days, Years
from .kinds import Atom, Change, Figure, Measured, Quotient, Share
from .periods import LAST_YEAR, Baseline
from .registers import (
    DEFINED,
    DEFINERS,
    FigureSet,
    Listing,
    Register,
    UnknownFigure,
    all_figures,
    all_registers,
    all_sets,
    defined_figures,
    figure_named,
    register_named,
)
from .values import Value, measure, rounded

__all__ = [
    "DEFINED",
    "DEFINERS",
    "LAST_YEAR",
    "Atom",
    "BadDefinition",
    "BadFilter",
    "Baseline",
    "Change",
    "Condition",
    "Days",
    "Dimension",
    "Figure",
    "FigureSet",
    "Listing",
    "Measured",
    "Quotient",
    "Register",
    "Share",
    "UnknownFigure",
    "Value",
    "Years",
    "age_from",
    "aggregate",
    "all_figures",
    "all_registers",
    "all_sets",
    "compute",
    "compute_both",
    "compute_by_village",
    "define",
    "defined_figures",
    "figure_named",
    "filters_in_words",
    "measurable",
    "measure",
    "register_named",
    "rounded",
    "words_in",
]
