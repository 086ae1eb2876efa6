"""The system check over every figure."""

import pytest
from django.core.checks import registry
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from dangjian.lib.figures import Dimension
from dangjian.lib.figures.checks import check_figures
from orgs.models import Coverage, Enterprise, Organization, Person, TagLink, Village
from orgs.scope import EVERYTHING

check = check_figures(EVERYTHING)
# None of these tests may touch the database, and pytest-django sees to it.


def found():
    return [(error.id, error.msg) for error in check()]


def register(own, rows=lambda scope, period: Enterprise.objects.within(scope), **options):
    return own.register("enterprises", "企业", Enterprise, rows=rows, **options)


def counted(own, asked, **options):
    """A register with one count of what `asked(period)` gives."""

    @register(own, **options).count("企业", unit="家")
    def some(period):
        """某些企业。"""
        return asked(period)


def covered(period):
    return Coverage.objects.exists_on(period.as_of)


FINE = {
    "field": lambda period: Q(ownership="private"),
    "foreign key": lambda period: Q(village__kind="village", organization__parent__level="branch"),
    "one to one": lambda period: Q(village__party_organization__level="branch"),
    "exists": covered,
    "no exists": lambda period: ~covered(period),
    "nothing": lambda period: None,
    "no row": lambda period: Q(pk__in=[]),
    "every row": lambda period: ~Q(pk__in=[]),
    "rows of a query": lambda period: Q(village__in=Village.objects.known_on(period.as_of)),
}
TO_MANY = {
    "reverse": lambda period: Q(coverages__mode="joint"),
    "not reverse": lambda period: ~Q(coverages__mode="work"),
    "far away": lambda period: Q(village__organizations__level="branch"),
    "in another": lambda period: Q(ownership="private") | Q(facts__value__gt=0),
}


@pytest.mark.parametrize("case", FINE)
def test_condition_without_a_to_many_join_passes(own, case):
    counted(own, FINE[case])
    assert found() == []


@pytest.mark.parametrize("case", TO_MANY)
def test_condition_with_a_to_many_join_is_refused(own, case):
    counted(own, TO_MANY[case])
    [(code, message)] = found()
    assert (code, message.split(" joins ")[0]) == ("figures.E001", "own.some")


def test_rows_without_some_of_a_to_many_relation_pass(own):
    counted(own, covered, rows=lambda s, p: Enterprise.objects.exclude(coverages__mode="work"))
    assert found() == []


def test_rows_with_a_to_many_join_are_refused_once(own):
    counted(own, covered, rows=lambda s, p: Enterprise.objects.filter(coverages__mode="joint"))
    assert found() == [
        ("figures.E001", "own.enterprises joins the to-many relation orgs_coverage.")
    ]


def test_measure_of_a_to_many_relation_is_refused(own):
    @register(own).sum("从业人员", unit="人", of="facts__value")
    def staff(period):
        """全部企业。"""

    assert found() == [
        ("figures.E001", "own.staff joins the to-many relation orgs_enterprisefact.")
    ]


def test_measure_of_a_subquery_passes(own):
    latest = Coverage.objects.filter(enterprise=OuterRef("pk")).values("organization")[:1]

    @register(own).maximum("编号", unit="号", of=lambda period: Subquery(latest))
    def newest(period):
        """全部企业。"""

    assert found() == []


def test_village_over_a_to_many_relation_is_refused(own):
    counted(own, covered, village="coverages__organization__village")
    assert found() == [
        ("figures.E001", "own.enterprises joins the to-many relation orgs_coverage.")
    ]


def test_dimension_over_a_to_many_relation_is_refused(own):
    register(own, dimensions={"mode": Dimension("方式", "coverages__mode")})
    assert found() == [
        ("figures.E001", "own.enterprises joins the to-many relation orgs_coverage.")
    ]


def test_dimension_that_holds_passes(own):
    held = Dimension(
        "标签",
        "pk",
        holds=lambda tag: Exists(TagLink.objects.filter(enterprise=OuterRef("pk"), tag=tag)),
    )
    register(own, dimensions={"tag": held})
    assert found() == []


def test_unknown_field_in_a_condition_is_refused(own):
    counted(own, lambda period: Q(colour="red"))
    [(code, message)] = found()
    assert (code, message[:37]) == ("figures.E002", "own.some: Cannot resolve keyword 'col")


def test_unknown_field_in_rows_is_refused(own):
    register(own, rows=lambda s, p: Enterprise.objects.filter(colour="red"))
    assert [code for code, _ in found()] == ["figures.E002"]


def test_unknown_field_measured_is_refused(own):
    @register(own).mean("颜色", unit="个", of="colour")
    def colours(period):
        """全部企业。"""

    assert [code for code, _ in found()] == ["figures.E002"]


def test_unknown_village_is_refused(own):
    register(own, village="town")
    assert [code for code, _ in found()] == ["figures.E002"]


def test_figure_without_a_definition_is_refused(own):
    @register(own).count("企业", unit="家")
    def some(period):
        return None

    assert found() == [("figures.E003", "own.some has no definition (口径).")]


def test_figure_without_a_unit_is_refused(own):
    @register(own).count("企业", unit="")
    def some(period):
        """全部企业。"""

    assert found() == [("figures.E004", "own.some has no unit.")]


@pytest.mark.parametrize(
    "rows",
    [
        lambda s, p: Enterprise.objects.order_by("pk")[:10],
        lambda s, p: Enterprise.objects.distinct(),
        lambda s, p: Enterprise.objects.annotate(n=Count("pk")),
        lambda s, p: Enterprise.objects.all().union(Enterprise.objects.all()),
    ],
    ids=["sliced", "distinct", "grouped", "combined"],
)
def test_rows_that_cannot_be_aggregated_are_refused(own, rows):
    register(own, rows=rows)
    assert [code for code, _ in found()] == ["figures.E005"]


@pytest.mark.parametrize(
    "asked",
    [
        lambda period: Q(village=Village.objects.first()),
        lambda period: Q(village__in=list(Village.objects.all())),
        lambda period: Q() if Organization.objects.exists() else None,
    ],
    ids=["first", "list", "exists"],
)
def test_condition_that_asks_the_database_is_refused(own, asked, db):
    counted(own, asked)
    assert found() == [("figures.E006", "own.some asks the database while its query is built.")]


def test_rows_that_ask_the_database_are_refused(own, db):
    def rows(scope, period):
        return Enterprise.objects.filter(village__in=list(Village.objects.all()))

    register(own, rows=rows)
    assert [code for code, _ in found()] == ["figures.E006"]


def test_every_error_is_reported(own):
    enterprises = register(own)
    for name, asked in TO_MANY.items():

        def condition(period, asked=asked):
            """某些企业。"""
            return asked(period)

        condition.__name__ = name.replace(" ", "_")
        enterprises.count(name, unit="家")(condition)
    assert [code for code, _ in found()] == ["figures.E001"] * len(TO_MANY)


def test_shares_and_changes_of_sound_figures_pass(people):
    @people.mean("平均学历", unit="级", of=F("education"))
    def mean_education(period):
        """全部人员。"""

    @people.count("女性", unit="人")
    def women(period):
        """女性。"""
        return Q(sex=Person.Sex.FEMALE)

    people.share("rate", "女性占比", part=women, whole=women)
    people.quotient("q", "比", unit="级", top=mean_education, bottom=women)
    assert found() == []


def test_what_the_apps_declared_passes():
    assert found() == []


def test_the_check_is_registered():
    names = {one.__qualname__ for one in registry.registry.get_checks()}
    assert check.__qualname__ in names
