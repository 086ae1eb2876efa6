"""Figures as formulas over the register sheets: the same sums and counts, read from their cells."""

from collections.abc import Mapping
from dataclasses import dataclass

from dangjian.lib.figures import Atom, Figure, Measured, Quotient, Register, Share
from dangjian.lib.figures.values import NOTHING
from dangjian.lib.periods import Period

from .ledgers import Ledger
from .marks import atom_of_column, rows_of

# Of the cells of a column of values, which has none in a row that is not counted.
FUNCTIONS = {
    "mean": "AVERAGE",
    "minimum": "MIN",
    "maximum": "MAX",
    "median": "MEDIAN",
}


@dataclass(frozen=True)
class Expression:
    """A part of a formula; it has a value where none of `needs` is 0, told in their order."""

    text: str
    needs: tuple[str, ...] = ()

    def rounded(self, decimals: int) -> "Expression":
        """Rounded half away from zero, as the engine of the figures does."""
        return Expression(f"ROUND({self.text},{decimals})", self.needs)

    def needing(self, *counts: str) -> "Expression":
        """The same, without a value where any of `counts` is 0 either."""
        return Expression(self.text, (*counts, *self.needs))

    def or_dash(self) -> str:
        """The formula, which prints a dash where there is no value."""
        text = self.text
        for need in reversed(dict.fromkeys(self.needs)):
            text = f'IF({need}=0,"{NOTHING}",{text})'
        return text


@dataclass(frozen=True)
class Formulas:
    """The register sheets a workbook has, by register and period, and what is read from them."""

    ledgers: Mapping[tuple[Register, Period], Ledger]

    def number(self, figure: Figure, period: Period) -> Expression:
        """A figure, other than a change, in a period whose rows are in the workbook; unrounded."""
        if isinstance(figure, Measured):
            return self._measured(figure, period)
        first, second = self.sides(figure, period)
        needs = (*first.needs, *second.needs, second.text)
        percent = "*100" if isinstance(figure, Share) else ""
        return Expression(f"{first.text}{percent}/{second.text}", needs)

    def sides(self, figure: Figure, period: Period) -> tuple[Expression, Expression]:
        """What is divided by what: of a share its part and whole."""
        if isinstance(figure, Quotient):
            return self.number(figure.top, period), self.number(figure.bottom, period)
        part, whole = (self._sum(self.cells(atom, period)) for atom in figure.atoms)
        return part, whole

    def rows(self, register: Register, period: Period) -> str:
        """How many rows the register has."""
        return f"COUNT({self.ledgers[register, period].cells(0)})"

    def marked(self, figure: Measured, period: Period) -> str:
        """The cells that are 1 in the rows the figure counts."""
        return self.cells(rows_of(figure.atoms[0]), period)

    def _measured(self, figure: Measured, period: Period) -> Expression:
        cells = self.cells(figure.atoms[0], period)
        if figure.measure in {"count", "sum"}:
            return self._sum(cells)
        return Expression(f"{FUNCTIONS[figure.measure]}({cells})", (f"COUNT({cells})",))

    def _sum(self, cells: str) -> Expression:
        return Expression(f"SUM({cells})")

    def cells(self, atom: Atom, period: Period) -> str:
        """The column an atom is read from: marks of the rows it counts, or values it measures."""
        ledger = self.ledgers[atom.register, period]
        return ledger.cells(ledger.marks[atom_of_column(atom, period)])
