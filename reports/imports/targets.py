"""What a sheet can be imported into: one target per kind of record, in the order of filling."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cadres import resources as cadres
from elections import resources as elections
from orgs import resources as orgs
from orgs.resources import RecordResource
from tasks import resources as tasks


@dataclass(frozen=True)
class Target:
    """What one sheet can be imported into.

    `slug` stands in addresses and file names; `name` titles the sheet of the template; `register`
    is the slug of the register whose exported sheet it takes back; `about` is for the page.
    """

    slug: str
    name: str
    resource: type[RecordResource]
    register: str | None
    about: str

    @property
    def model(self) -> Any:
        return self.resource._meta.model


def _targets() -> Iterable[Target]:
    """A sheet refers only to what a sheet before it names."""
    yield Target(
        "organizations",
        "党组织",
        orgs.OrganizationResource,
        "orgs.organizations",
        "党工委、党委、党总支、党支部，上级不在系统中的排在同一文件里即可。",
    )
    yield Target(
        "villages",
        "村（社区）",
        orgs.VillageResource,
        "orgs.villages",
        "村、社区、村改居和筹建中的新小区。",
    )
    yield Target(
        "offices",
        "单位设置",
        orgs.OfficeResource,
        None,
        "单位名称和工作年度。",
    )
    yield Target(
        "departments",
        "科室",
        orgs.DepartmentResource,
        None,
        "机关科室、责任单位。",
    )
    yield Target(
        "village_facts",
        "村情",
        orgs.VillageFactResource,
        None,
        "户数、人口、村民小组等，每项注明日期和来源。",
    )
    yield Target(
        "people",
        "人员",
        orgs.PersonResource,
        "orgs.people",
        "党员、干部、企业负责人等，每人只录一次，不收身份证号。",
    )
    yield Target(
        "memberships",
        "党员组织关系",
        orgs.MembershipResource,
        "orgs.members",
        "党员从何时到何时在哪个党组织。",
    )
    yield Target(
        "enterprises",
        "非公企业",
        orgs.EnterpriseResource,
        "orgs.enterprises",
        "非公企业名录。",
    )
    yield Target(
        "enterprise_facts",
        "企业情况",
        orgs.EnterpriseFactResource,
        None,
        "从业人员、是否规模以上等，每项注明日期和来源。",
    )
    yield Target(
        "coverages",
        "组织覆盖",
        orgs.CoverageResource,
        None,
        "哪个党组织以何种方式覆盖哪家企业。",
    )
    yield Target(
        "organizing_plans",
        "组建计划",
        orgs.OrganizingPlanResource,
        "orgs.organizing_plans",
        "应建未建企业的未建原因、责任人和计划组建日期。",
    )
    yield Target(
        "tags",
        "标签",
        orgs.TagResource,
        None,
        "自定的分类，如致富带头人、退役军人。",
    )
    yield Target(
        "tag_links",
        "标签对象",
        orgs.TagLinkResource,
        None,
        "哪些人员、组织、企业、村带哪个标签。",
    )
    yield Target(
        "checklist_schemes",
        "达标标准",
        orgs.ChecklistSchemeResource,
        None,
        "“六个一”等标准。",
    )
    yield Target(
        "checklist_items",
        "达标项目",
        orgs.ChecklistItemResource,
        None,
        "每个标准的逐条内容。",
    )
    yield Target(
        "terms",
        "届次",
        elections.TermResource,
        None,
        "村（社区）换届的届次。",
    )
    yield Target(
        "bodies",
        "班子",
        elections.BodyResource,
        None,
        "党组织、村（居）委会、监督委员会等班子。",
    )
    yield Target(
        "elections",
        "换届选举",
        elections.ElectionResource,
        "elections.elections",
        "每个班子每一届的选举。",
    )
    yield Target(
        "ballots",
        "选票统计",
        elections.BallotsResource,
        "elections.ballots",
        "登记、发出、收回票数。",
    )
    yield Target(
        "seats",
        "班子任职",
        elections.SeatResource,
        "elections.seats",
        "当选人员及其职务、任期。",
    )
    yield Target(
        "pairings",
        "结对共建",
        orgs.PairingResource,
        "orgs.pairings",
        "共建协议及其内容。",
    )
    yield Target(
        "pairing_sides",
        "共建单位",
        orgs.PairingSideResource,
        None,
        "每个共建的甲方和乙方。",
    )
    yield Target(
        "activities",
        "活动",
        orgs.ActivityResource,
        "orgs.activities",
        "三会一课、主题党日、学习、座谈等活动。",
    )
    yield Target(
        "attendances",
        "出缺席",
        orgs.AttendanceResource,
        "orgs.attendances",
        "活动的缺席人员和原因、列席人员。",
    )
    yield Target(
        "rhythms",
        "组织生活频次",
        orgs.RhythmResource,
        "orgs.rhythms",
        "哪类党组织每月、每季度应开展哪类活动几次。",
    )
    yield Target(
        "pledges",
        "党员承诺",
        orgs.PledgeResource,
        "orgs.pledges",
        "党员亮身份做承诺及兑现。",
    )
    yield Target(
        "developments",
        "发展党员",
        orgs.DevelopmentResource,
        "orgs.developments",
        "从申请到转正的每个阶段。",
    )
    yield Target(
        "sites",
        "活动阵地",
        orgs.SiteResource,
        "orgs.sites",
        "党组织的活动阵地。",
    )
    yield Target(
        "ratings",
        "评星定级",
        orgs.RatingResource,
        "orgs.ratings",
        "党组织的星级、等次。",
    )
    yield Target(
        "checklist_results",
        "达标检查",
        orgs.ChecklistResultResource,
        "orgs.checklist_results",
        "每个组织逐项检查的结果。",
    )
    yield Target(
        "cadres",
        "干部",
        cadres.CadreResource,
        "cadres.cadres",
        "街道干部及其职务、科室。",
    )
    yield Target(
        "postings",
        "派驻",
        cadres.PostingResource,
        "cadres.postings",
        "轮岗、抽调一线、党建指导员、第一书记等。",
    )
    yield Target(
        "posting_targets",
        "派驻单位",
        cadres.PostingTargetResource,
        None,
        "每次派驻去的村、企业、组织。",
    )
    yield Target(
        "visits",
        "走访",
        cadres.VisitResource,
        "cadres.visits",
        "指导员走访企业的记录。",
    )
    yield Target(
        "recruitments",
        "招聘批次",
        cadres.RecruitmentResource,
        None,
        "公开招聘的批次和岗位数。",
    )
    yield Target(
        "recruits",
        "招聘人员",
        cadres.RecruitResource,
        "cadres.recruits",
        "应聘者成绩、录用和试用。",
    )
    yield Target(
        "reserves",
        "后备干部",
        cadres.ReserveListingResource,
        "cadres.reserves",
        "村（社区）后备干部。",
    )
    yield Target(
        "talks",
        "谈话",
        cadres.TalkResource,
        None,
        "集体约谈、提醒谈话、诫勉谈话。",
    )
    yield Target(
        "talk_people",
        "谈话对象",
        cadres.TalkPersonResource,
        "cadres.talks",
        "每次谈话谈了哪些人。",
    )
    yield Target(
        "study_reviews",
        "述学评学考学",
        cadres.StudyReviewResource,
        "cadres.study_reviews",
        "每年述学评学考学的成绩。",
    )
    yield Target(
        "programmes",
        "工程",
        tasks.ProgrammeResource,
        "tasks.programmes",
        "每年的重点工程。",
    )
    yield Target(
        "key_tasks",
        "重点工作",
        tasks.KeyTaskResource,
        "tasks.key_tasks",
        "重点工作、领衔干部、时限。",
    )
    yield Target(
        "task_villages",
        "重点工作涉及村",
        tasks.TaskVillageResource,
        None,
        "每项重点工作涉及哪些村。",
    )
    yield Target(
        "progress",
        "工作进度",
        tasks.ProgressResource,
        "tasks.progress",
        "重点工作的进度记录。",
    )
    yield Target(
        "plan_items",
        "计划",
        tasks.PlanItemResource,
        "tasks.plan_items",
        "下年度计划的各项内容。",
    )


TARGETS: dict[str, Target] = {target.slug: target for target in _targets()}


def target_named(slug: str) -> Target | None:
    return TARGETS.get(slug)


def targets_for(user: Any) -> list[Target]:
    """The targets whose model the user may add or change."""
    return [target for target in TARGETS.values() if _may_fill(user, target)]


def _may_fill(user: Any, target: Target) -> bool:
    meta = target.model._meta
    return any(
        user.has_perm(f"{meta.app_label}.{verb}_{meta.model_name}") for verb in ("add", "change")
    )
