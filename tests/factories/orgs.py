"""Factories of organizations, people, villages and enterprises."""

from datetime import date

from factory import LazyAttribute, Maybe, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from orgs import models
from orgs.models import Education, Organization, Role

PASSWORD = "Daqiao-2025"


class OrganizationFactory(DjangoModelFactory):
    """A village's general branch; `subdistrict=True`: the committee; `branch=True`: non-public."""

    class Meta:
        model = Organization

    class Params:
        subdistrict = Trait(
            level=Organization.Level.WORK_COMMITTEE,
            sector=Organization.Sector.SUBDISTRICT,
            name="大桥街道党工委",
            short_name="大桥街道",
        )
        branch = Trait(
            level=Organization.Level.BRANCH,
            sector=Organization.Sector.NONPUBLIC,
            formation=Organization.Formation.STANDALONE,
        )

    name = Sequence("中共第{}村总支部委员会".format)
    short_name = Sequence("第{}村党总支".format)
    level = Organization.Level.GENERAL_BRANCH
    sector = Organization.Sector.VILLAGE
    founded_on = date(2015, 7, 1)


class OfficeFactory(DjangoModelFactory):
    class Meta:
        model = models.Office

    organization = SubFactory(OrganizationFactory, subdistrict=True)
    name = "大桥街道"
    working_year = 2025


class DepartmentFactory(DjangoModelFactory):
    class Meta:
        model = models.Department

    organization = SubFactory(OrganizationFactory, subdistrict=True)
    name = Sequence("第{}科室".format)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = models.User

    organization = SubFactory(OrganizationFactory)
    username = Sequence("user{}".format)
    name = Sequence("用户{}".format)
    role = Role.CLERK
    password = PASSWORD

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(*args, **kwargs)


class ChecklistSchemeFactory(DjangoModelFactory):
    class Meta:
        model = models.ChecklistScheme

    organization = SubFactory(OrganizationFactory, subdistrict=True)
    code = Sequence("scheme-{}".format)
    name = "六个一"
    year = 2025
    threshold = 5


class ChecklistItemFactory(DjangoModelFactory):
    class Meta:
        model = models.ChecklistItem

    scheme = SubFactory(ChecklistSchemeFactory)
    order = Sequence(lambda number: number + 1)
    text = Sequence("第{}项".format)


class VillageFactory(DjangoModelFactory):
    class Meta:
        model = models.Village

    organization = SubFactory(OrganizationFactory, subdistrict=True)
    party_organization = SubFactory(OrganizationFactory, parent=SelfAttribute("..organization"))
    name = Sequence("第{}村".format)
    kind = models.Village.Kind.VILLAGE
    established_on = date(2010, 1, 1)


class VillageFactKindFactory(DjangoModelFactory):
    class Meta:
        model = models.VillageFactKind

    code = Sequence("village-fact-{}".format)
    name = Sequence("村情{}".format)
    unit = "户"


class VillageFactFactory(DjangoModelFactory):
    class Meta:
        model = models.VillageFact

    village = SubFactory(VillageFactory)
    kind = SubFactory(VillageFactKindFactory)
    value = 100
    counted_on = date(2025, 6, 30)
    source = "派出所户籍年报"


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = models.Person

    organization = SubFactory(OrganizationFactory)
    name = Sequence("人员{}".format)
    sex = models.Person.Sex.MALE
    political_status = models.Person.PoliticalStatus.MEMBER
    education = Education.JUNIOR_COLLEGE
    birth_on = date(1980, 5, 1)
    joined_on = date(2005, 7, 1)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = models.Membership

    person = SubFactory(PersonFactory)
    organization = SelfAttribute("person.organization")
    since = date(2020, 1, 1)


class EnterpriseFactory(DjangoModelFactory):
    class Meta:
        model = models.Enterprise

    organization = SubFactory(OrganizationFactory)
    name = Sequence("第{}有限公司".format)
    credit_code = Sequence("91330400{:010d}".format)
    ownership = models.Enterprise.Ownership.PRIVATE
    opened_on = date(2018, 3, 1)


class EnterpriseFactKindFactory(DjangoModelFactory):
    class Meta:
        model = models.EnterpriseFactKind

    code = Sequence("enterprise-fact-{}".format)
    name = Sequence("企业情况{}".format)
    unit = "人"


class EnterpriseFactFactory(DjangoModelFactory):
    class Meta:
        model = models.EnterpriseFact

    enterprise = SubFactory(EnterpriseFactory)
    kind = SubFactory(EnterpriseFactKindFactory)
    value = 30
    counted_on = date(2025, 6, 30)
    source = "企业年报"


class CoverageFactory(DjangoModelFactory):
    class Meta:
        model = models.Coverage

    enterprise = SubFactory(EnterpriseFactory)
    organization = SubFactory(
        OrganizationFactory, branch=True, parent=SelfAttribute("..enterprise.organization")
    )
    mode = models.Coverage.Mode.STANDALONE
    since = date(2020, 1, 1)


class OrganizingPlanFactory(DjangoModelFactory):
    class Meta:
        model = models.OrganizingPlan

    enterprise = SubFactory(EnterpriseFactory)
    owner = SubFactory(PersonFactory, organization=SelfAttribute("..enterprise.organization"))
    reason = "正式党员不足3名"
    due_on = date(2025, 9, 30)
    since = date(2025, 1, 6)


class TagFactory(DjangoModelFactory):
    class Meta:
        model = models.Tag

    code = Sequence("tag-{}".format)
    name = Sequence("标签{}".format)


class TagLinkFactory(DjangoModelFactory):
    class Meta:
        model = models.TagLink

    class Params:
        other_subject = LazyAttribute(
            lambda link: any(
                getattr(link, name, None)
                for name in ("party_organization", "enterprise", "village")
            )
        )

    tag = SubFactory(TagFactory)
    person = Maybe("other_subject", None, SubFactory(PersonFactory))
    since = date(2025, 1, 1)
