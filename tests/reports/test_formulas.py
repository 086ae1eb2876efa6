"""Formulas put together: rounded, and a dash where there is nothing to divide by."""

import pytest

from reports.exporters.formulas import Expression
from reports.exporters.ledgers import Ledger


@pytest.mark.parametrize(
    ("expression", "formula"),
    [
        (Expression("SUM(A1)"), "SUM(A1)"),
        (Expression("SUM(A1)").rounded(1), "ROUND(SUM(A1),1)"),
        (Expression("A1/B1", ("B1",)), 'IF(B1=0,"—",A1/B1)'),
        (Expression("A1/B1", ("B1",)).rounded(2), 'IF(B1=0,"—",ROUND(A1/B1,2))'),
        (
            Expression("A1/B1", ("B1",)).needing("COUNT(C1)"),
            'IF(COUNT(C1)=0,"—",IF(B1=0,"—",A1/B1))',
        ),
        (Expression("A1/B1", ("B1", "B1")), 'IF(B1=0,"—",A1/B1)'),
    ],
)
def test_expression_asks_for_what_it_needs_first(expression, formula):
    assert expression.or_dash() == formula


@pytest.mark.parametrize(
    ("end", "cells", "table"),
    [
        (5, "'台账（上届）'!$D$4:$D$5", "'台账（上届）'!$A$3:$B$5"),
        (3, "'台账（上届）'!$D$4", "'台账（上届）'!$A$3:$B$3"),
    ],
    ids=["two rows", "no rows: the line of 合计, which has no number there"],
)
def test_ledger_says_where_its_rows_are(end, cells, table):
    ledger = Ledger("台账（上届）", end, {"name": 1}, {})

    assert (ledger.cells(3), ledger.table()) == (cells, table)
