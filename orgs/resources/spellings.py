"""How else offices title a column, and name a choice."""

import unicodedata
from functools import cache, lru_cache

from orgs.models import Education, Person

# Whatever the register; what is meant in one register only stands in its resource.
COMMON = {
    "姓名": ("名字", "成员姓名", "党员姓名", "干部姓名", "人员姓名", "本人姓名"),
    "性别": ("男女",),
    "民族": ("族别",),
    "出生年月": ("出生日期", "出生时间", "出生年月日", "生日", "出生"),
    "政治面貌": ("政治身份", "面貌"),
    "入党时间": ("入党日期", "入党年月", "加入党组织时间", "加入中共时间"),
    "学历": ("文化程度", "学历情况", "最高学历", "教育程度"),
    "归口党组织": ("所在党组织", "所属党组织", "所在支部", "所属支部", "党组织", "所在单位党组织"),
    "所在党组织": (
        "所属党组织",
        "党组织",
        "所在支部",
        "所属支部",
        "支部",
        "党组织名称",
        "支部名称",
    ),
    "举办党组织": ("党组织", "组织单位", "举办单位", "党组织名称", "支部名称"),
    "党组织": ("党组织名称", "所在党组织", "所属党组织", "支部名称"),
    "党组织全称": ("党组织名称", "组织名称", "支部名称", "党支部名称", "名称", "全称", "党组织"),
    "简称": ("党组织简称", "组织简称", "支部简称"),
    "上级党组织": ("上级组织", "隶属党组织", "上级党委", "上级"),
    "所在村（社区）": ("所在村", "所属村（社区）", "村（社区）", "村居", "所在社区", "属地"),
    "村（社区）": ("所在村（社区）", "村居", "所在村", "村名", "社区", "村（社区）名称"),
    "统一社会信用代码": ("信用代码", "社会信用代码", "统一信用代码", "组织机构代码"),
    "企业名称": ("单位名称", "公司名称", "名称", "企业"),
    "所有制": ("企业类型", "经济类型", "所有制性质"),
    "行业": ("所属行业", "行业类别", "主营业务"),
    "负责人": ("企业负责人", "法定代表人", "法人", "法人代表"),
    "起始日期": ("开始日期", "起始时间", "开始时间", "起始", "任职时间", "任职日期", "任职起始"),
    "截止日期": ("结束日期", "截止时间", "终止日期", "结束时间", "截止", "离任时间", "免职日期"),
    "成立日期": ("成立时间", "建立日期", "建立时间", "组建时间", "成立年月"),
    "撤销日期": ("撤销时间",),
    "任届期满日期": ("任届期满", "届满日期", "届满时间", "任期届满日期", "期满时间"),
    "党员类型": ("党员类别", "人员类别"),
    "举办日期": ("日期", "时间", "活动日期", "活动时间", "举办时间", "召开时间"),
    "活动类别": ("类别", "活动类型", "类型"),
    "主题": ("活动主题", "会议主题", "活动名称", "活动内容"),
    "地点": ("活动地点", "会议地点"),
    "主讲（主持）人": ("主讲人", "主持人", "主讲"),
    "应到人数": ("应到", "应参加人数"),
    "实到人数": ("实到", "参加人数", "到会人数"),
    "统计日期": ("截至日期", "统计时间", "数据日期"),
    "来源": ("数据来源", "依据"),
    "数值": ("数量", "数据", "值"),
    "项目": ("指标", "项目名称"),
    "职务": ("现任职务", "职位", "岗位"),
    "科室": ("所在科室", "部门", "所在部门"),
    "责任科室": ("责任部门", "牵头科室", "责任单位"),
    "年度": ("年份", "年"),
    "得票数": ("得票", "票数", "赞成票"),
    "完成时限": ("时限", "完成期限", "截止时间"),
    "任务名称": ("重点工作", "工作名称", "任务", "名称"),
    "重点工作": ("任务名称", "工作名称", "任务"),
    "走访日期": ("走访时间", "日期"),
    "承诺内容": ("承诺事项", "承诺"),
}
EDUCATIONS = {
    "小学": Education.PRIMARY,
    "初中毕业": Education.JUNIOR_HIGH,
    "高中": Education.SENIOR_HIGH,
    "中技": Education.SENIOR_HIGH,
    "职高": Education.SENIOR_HIGH,
    "中等专科": Education.SECONDARY_VOCATIONAL,
    "专科": Education.JUNIOR_COLLEGE,
    "大学专科": Education.JUNIOR_COLLEGE,
    "本科": Education.BACHELOR,
    "大学": Education.BACHELOR,
    "硕士": Education.POSTGRADUATE,
    "硕士研究生": Education.POSTGRADUATE,
    "博士": Education.POSTGRADUATE,
    "博士研究生": Education.POSTGRADUATE,
}
POLITICAL_STATUSES = {
    "党员": Person.PoliticalStatus.MEMBER,
    "正式党员": Person.PoliticalStatus.MEMBER,
    "中共正式党员": Person.PoliticalStatus.MEMBER,
    "预备党员": Person.PoliticalStatus.PROBATIONARY,
    "团员": Person.PoliticalStatus.LEAGUE,
}
LEFT_OUT = str.maketrans("", "", "*:;.,、_\u200b\ufeff")


@lru_cache(maxsize=8192)
def spelled(title):
    """A title as it is compared: without blanks, line breaks, stars and differences of width."""
    plain = "".join(unicodedata.normalize("NFKC", title).split()).lower()
    return plain.translate(LEFT_OUT)


@lru_cache(maxsize=8192)
def without_remarks(title):
    """The title as spelled, without what stands in brackets: 出生年月（如1975.3）."""
    kept, depth = [], 0
    for char in spelled(title):
        depth += char in "([【"
        if not depth:
            kept.append(char)
        depth -= char in ")]】" and depth > 0
    return "".join(kept)


@cache
def titles_of(resource_class):
    """Every spelling of a column that a resource reads, and the column's own title."""
    columns = resource_class(scope=None).columns()
    others = [(column, resource_class.spellings.get(column, ())) for column in columns]
    others += [(column, COMMON.get(column, ())) for column in columns]
    found = {spelled(column): column for column in columns}
    for column, spellings in others:
        for spelling in spellings:
            found.setdefault(spelled(spelling), column)
    for title, column in list(found.items()):
        found.setdefault(without_remarks(title), column)
    return found


def column_titled(resource_class, title):
    """The column meant by a title in a file, or None."""
    titles = titles_of(resource_class)
    return titles.get(spelled(title)) or titles.get(without_remarks(title))
