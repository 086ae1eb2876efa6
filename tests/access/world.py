"""One row of every model in four places: the user's own organization and those around it."""

from dataclasses import dataclass
from datetime import date

from tests import factories as make

# What the names of a place's rows contain: found on a page, a row of that place is shown.
MARKS = {"parent": "上级专名", "own": "本级专名", "sibling": "平级专名", "child": "下级专名"}
INSIDE = ("own", "child")
OUTSIDE = ("parent", "sibling")


@dataclass(frozen=True)
class World:
    """The rows of each place, by the model's label: `world["sibling", "orgs.Person"]`."""

    rows: dict

    def __getitem__(self, key):
        return self.rows[key]

    def of(self, label, places=tuple(MARKS)):
        return [self.rows[place, label] for place in places]


def make_world():
    parent = make.OrganizationFactory(**named("parent"))
    own = make.OrganizationFactory(parent=parent, **named("own"))
    sibling = make.OrganizationFactory(parent=parent, **named("sibling"))
    child = make.OrganizationFactory(parent=own, **named("child"))
    places = {"parent": parent, "own": own, "sibling": sibling, "child": child}
    return World(
        {
            (place, row._meta.label): row
            for place, organization in places.items()
            for row in rows_of(organization, MARKS[place])
        }
    )


def named(place):
    return {"name": f"{MARKS[place]}总支部委员会", "short_name": f"{MARKS[place]}党总支"}


def rows_of(organization, mark):
    """One row of every model, kept by the organization, with the mark in its name."""
    kept = {"organization": organization}
    village = make.VillageFactory(**kept, party_organization=None, name=f"{mark}村")
    person = make.PersonFactory(**kept, name=f"{mark}人员")
    enterprise = make.EnterpriseFactory(**kept, village=village, head=person, name=f"{mark}公司")
    scheme = make.ChecklistSchemeFactory(**kept, name=f"{mark}标准")
    body = make.BodyFactory(**kept, village=village, name=f"{mark}班子")
    term = make.TermFactory(**kept, name=f"{mark}换届", previous=last_term(body, person, mark))
    election = make.ElectionFactory(term=term, body=body)
    department = make.DepartmentFactory(**kept, name=f"{mark}科室")
    return [
        organization,
        village,
        person,
        enterprise,
        scheme,
        term,
        body,
        election,
        department,
        make.OfficeFactory(**kept, name=f"{mark}单位"),
        make.UserFactory(**kept, department=department, person=person, name=f"{mark}用户"),
        make.ChecklistItemFactory(scheme=scheme, text=f"{mark}项目"),
        make.VillageFactFactory(village=village, source=f"{mark}来源"),
        make.MembershipFactory(person=person, **kept),
        make.EnterpriseFactFactory(enterprise=enterprise, source=f"{mark}来源"),
        make.CoverageFactory(enterprise=enterprise, **kept),
        make.OrganizingPlanFactory(enterprise=enterprise, owner=person, reason=f"{mark}原因"),
        make.TagLinkFactory(person=person),
        make.BallotsFactory(election=election),
        make.SeatFactory(election=election, person=person),
        make.BatchFactory(**kept, name=f"{mark}名册.csv"),
        *signed_by(organization, mark),
        make.ClaimFactory(**kept, statement=f"{mark}材料共有党员5名。"),
        make.ExplanationFactory(**kept, text=f"{mark}说明"),
        *text_of(organization, mark),
        make.CustomFigureFactory(**kept, name=f"{mark}指标"),
        *party_life_of(person, village, enterprise, scheme, mark),
        *cadres_of(person, village, enterprise, mark),
        *tasks_of(person, village, department, mark),
    ]


def signed_by(organization, mark):
    edition = make.EditionFactory(organization=organization, title=f"{mark}总结")
    return [edition, make.EditionFileFactory(edition=edition, name=f"{mark}报表.xlsx")]


def text_of(organization, mark):
    """The summary of a year no other test reads."""
    report = make.ReportFactory(organization=organization, year=2023)
    section = make.SectionFactory(report=report, heading=f"{mark}段落")
    return [report, section, make.DraftFactory(section=section, text=f"{mark}草稿")]


def last_term(body, person, mark):
    """The term before, in which the person sat in the same body."""
    term = make.TermFactory(
        organization=person.organization, name=f"{mark}上届换届", starts_on=date(2020, 1, 10),
        completed_on=date(2020, 4, 30), ends_on=date(2025, 1, 10),
    )  # fmt: skip
    held = {"due_on": date(2020, 3, 31), "held_on": date(2020, 3, 10)}
    election = make.ElectionFactory(term=term, body=body, **held)
    make.SeatFactory(election=election, person=person, until=date(2025, 3, 10))
    return term


def party_life_of(person, village, enterprise, scheme, mark):
    kept = {"organization": person.organization}
    pairing = make.PairingFactory(**kept, name=f"{mark}共建")
    activity = make.ActivityFactory(**kept, pairing=pairing, topic=f"{mark}活动")
    return [
        pairing,
        make.PairingSideFactory(pairing=pairing, enterprise=enterprise),
        activity,
        make.AttendanceFactory(activity=activity, person=person, reason=f"{mark}缺席"),
        make.RhythmFactory(**kept),
        make.PledgeFactory(person=person, text=f"{mark}承诺"),
        make.DevelopmentFactory(person=person),
        make.SiteFactory(**kept, village=village, name=f"{mark}阵地"),
        make.RatingFactory(**kept, scheme=f"{mark}办法"),
        make.ChecklistResultFactory(
            **kept, item=make.ChecklistItemFactory(scheme=scheme, text=f"{mark}检查项目")
        ),
    ]


def cadres_of(person, village, enterprise, mark):
    kept = {"organization": person.organization}
    posting = make.PostingFactory(**kept, person=person, kind="instructor")
    recruitment = make.RecruitmentFactory(**kept, name=f"{mark}招聘")
    talk = make.TalkFactory(**kept, talker=f"{mark}谈话人", reason=f"{mark}事由")
    return [
        posting,
        recruitment,
        talk,
        make.PostingTargetFactory(posting=posting, village=village),
        make.VisitFactory(posting=posting, enterprise=enterprise, content=f"{mark}走访"),
        make.RecruitFactory(recruitment=recruitment, person=person, hired=True),
        make.ReserveListingFactory(**kept, person=person, village=village),
        make.StudyReviewFactory(**kept, person=person),
        make.TalkPersonFactory(talk=talk, person=person),
    ]


def tasks_of(person, village, department, mark):
    kept = {"organization": person.organization}
    lead = make.CadreFactory(**kept, person=person, department=department, post=f"{mark}职务")
    programme = make.ProgrammeFactory(**kept, name=f"{mark}工程")
    task = make.KeyTaskFactory(
        programme=programme, lead=lead, department=department, title=f"{mark}任务"
    )
    report = make.ProgressFactory(task=task, note=f"{mark}进展")
    return [
        lead,
        programme,
        task,
        report,
        make.EvidenceFactory(progress=report, name=f"{mark}材料.pdf"),
        make.TaskVillageFactory(task=task, village=village),
        make.PlanItemFactory(**kept, department=department, text=f"{mark}计划"),
    ]
