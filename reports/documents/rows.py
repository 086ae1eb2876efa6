"""How many rows stand behind each figure of a document, for its table of figures.

The counts are asked for together with the figures: they are aggregates over the same registers, so
they add no query.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from dangjian.lib.figures import Change, Figure, Value
from dangjian.lib.figures.values import NOTHING


@lru_cache(maxsize=1024)
def counts_behind(figure: Figure) -> tuple[Figure, ...]:
    """A count for each side of a figure; of a change it compares with the baseline, too."""
    counts: list[Figure] = []
    for number, side in enumerate(figure.sides()):
        slug = f"{figure.slug}#{number}"
        count = replace(side, slug=slug, measure="count", of=None, places=0)
        if isinstance(figure, Change):
            words = figure.words
            counts.append(
                Change(slug, side.name, "", "", side.register, count, figure.since, words)
            )
        else:
            counts.append(count)
    return tuple(counts)


def rows_in_words(figures: Iterable[Figure], values: Mapping[str, Value]) -> dict[str, str]:
    """By slug: 47, of a share 45／64 (part and whole), of a change 64；上届75."""
    return {figure.slug: _in_words(figure, values) for figure in figures}


def _in_words(figure: Figure, values: Mapping[str, Value]) -> str:
    counts = [values[count.slug] for count in counts_behind(figure)]
    baseline = figure.baseline
    if baseline is None:
        return "／".join(str(count.exact) for count in counts)
    now = "／".join(NOTHING if count.after is None else str(count.after) for count in counts)
    if any(count.before is None for count in counts):
        return now
    return f"{now}；{baseline.name}{'／'.join(str(count.before) for count in counts)}"
