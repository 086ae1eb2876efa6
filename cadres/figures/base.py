"""The set all of these figures belong to."""

from dangjian.lib.figures import FigureSet

figures = FigureSet("cadres", "干部人才")
