"""Measure words and qualifiers, as regular expressions.

A measure word is not one where it begins another word: 3次 but 3次要, 5支 but 22支部. What may not
follow stands after it.
"""

_UNITS = """
个百分点 百分点 平方公里 平方米 公里 公顷 小时 分钟 学时 课时 人次 户次 场次 批次 件次 元 个月
个季度 周岁 岁 周年 % 个 年:龄轻度级会初底末均 天 周:边期密一二三四五六日 名:称单额义册
人:民员口均才 位:置于 家:庭长属国校教风访 户:籍口外 项:目(?!标) 次:年月日要序 期:间末满限望待内中
处:理级置长分于在 条:件例款 对:照象接比于标口应外内策各 张:贴 件 场:所地景 批:准评示复 类:似
支:部持出委撑援付 所:有在以需属辖长 座:谈 村:民级干务党居委集主书 轮:岗训流换值 届:时满中
组:织成建长合团 队:伍员长 篇 册 份:额 本:村届年次地身期科 门:户口类 套 台:账风阶 辆 间 栋 幢
片:区面长 种 层:级面次 票:数决 亩 吨 米 分:之别类管级为布析工开配组数享包解散批步层片 倍
成:立员为效果功绩长就本熟分都 部:门署队分级委长 站:式位点 岗:位亭 席:位 例:会如行
起:来草步点到义码底 宗:旨教 笔:记试者
大(?=工程|行动|任务|板块|方面|举措|体系|类|领域|重点|攻坚|战役|活动|平台)
"""


def _pattern(entry: str) -> str:
    word, colon, others = entry.partition(":")
    if not colon:
        return word
    letters, bracket, rest = others.partition("(")
    if bracket:
        return f"{word}(?!{letters}{bracket}{rest})"
    return f"{word}(?![{letters}])"


UNIT = "|".join(_pattern(entry) for entry in _UNITS.split())

BEFORE = (
    r"(?<![节集预公合条违签制契履])(?:大)?约(?:为)?|大致|(?<![附最临邻靠])近|将近|接近|(?<!不)超过|(?<!赶)超|逾|突破"
    r"|不足|不到|不满|未满|少于|低于|多于|高于|至少|最少|不少于|不低于|不超过|不高于|至多|最多"
)
AFTER = r"(?:及|或)?以[上下]|以内|左右|上下|有余|之多"
