"""Pages as a signed-in clerk of the subdistrict sees them, against a page that says hello."""

import re
from collections.abc import Callable, Iterator

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dangjian.lib.figures import Figure, Measured, all_figures, all_registers
from elections.models import Term
from orgs.models import User, Village

from .hello import floor
from .timing import Result, ratio

YEAR = 2025
SUMMARY = f"/reports/{YEAR}/summary/"


def results() -> Iterator[Result]:
    hello, client = floor(), signed_in("clerk")
    for register in all_registers():
        address = reverse("register", args=[register.slug])
        name = f"list of ≤ 50 rows: {register.slug}"
        yield ratio(name, hello, page(client, address), gate=25, stretch=12, unit="H")
    for name, address in {"summary": SUMMARY, "dashboard": reverse("dashboard")}.items():
        yield of_sixty(name, hello, page(client, address))
    yield most_queries(client, "queries on a list page", lists(), gate=15)
    # A page of many figures asks each register once, and once more for each baseline.
    asked = {
        (figure.register, when) for figure in all_figures() for when in (None, figure.baseline)
    }
    yield most_queries(client, "queries on a page of figures", overviews(), gate=len(asked) + 10)


def of_sixty(name: str, hello: Callable[[], object], ask: Callable[[], HttpResponse]) -> Result:
    """A page of figures; its gates are those of sixty, and grow where it has more of them."""
    figures = len(set(links_to_rows(ask().content.decode())))
    share = max(figures / 60, 1)
    title = f"{name}, {figures} figures"
    return ratio(title, hello, ask, gate=40 * share, stretch=16 * share, unit="H")


def links_to_rows(page: str) -> Iterator[str]:
    """Where its numbers lead: a bar of a chart is a figure of its own, a village's share is not."""
    for link in re.findall(r"<a\s[^>]*data-figure=[^>]*>", page):
        address = re.search(r'href="([^"]+)"', link)
        if address and "village=" not in address[1]:
            yield address[1]


def most_queries(client: Client, name: str, addresses: list[str], *, gate: int) -> Result:
    counted = {address: queries(page(client, address)) for address in addresses}
    worst = max(counted, key=lambda address: counted[address])
    return Result(name, counted[worst], gate, 9, unit="queries", detail=worst)


def lists() -> list[str]:
    """Every page of one table: the registers, and the drill-downs of plain measures."""
    registers = [reverse("register", args=[register.slug]) for register in all_registers()]
    plain = [figure for figure in all_figures() if isinstance(figure, Measured)]
    return [*registers, *(drill_down(figure) for figure in plain)]


def overviews() -> list[str]:
    """The pages that print many figures, and the drill-downs of two tables or four."""
    village, term = Village.objects.earliest("pk"), Term.objects.latest("starts_on")
    others = [reverse("dashboard"), SUMMARY, reverse("figures")]
    several = [figure for figure in all_figures() if not isinstance(figure, Measured)]
    drill_downs = [drill_down(figure) for figure in several]
    return [*others, village.get_absolute_url(), term.get_absolute_url(), *drill_downs]


def drill_down(figure: Figure) -> str:
    page = reverse("register", args=[figure.register.slug])
    return f"{page}?figure={figure.slug}&year={YEAR}"


def queries(call: Callable[[], object]) -> int:
    call()  # what is compiled or looked up once is not a page's own
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def page(client: Client, address: str) -> Callable[[], HttpResponse]:
    """A call that asks for the address, and fails where it is not answered."""

    def ask() -> HttpResponse:
        response = client.get(address)
        if response.status_code != 200:
            raise RuntimeError(f"{address} answered {response.status_code}")
        return response

    return ask
