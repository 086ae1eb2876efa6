"""What words of a text and of a figure's name have in common, however they are written."""

import re

from dangjian.lib.surroundings import Surroundings

# Said differently, meant alike: each is read as the first of its line.
SYNONYMS = """
大专及以上学历 大专及以上文化程度 大专以上文化程度 大专以上学历 大专及以上 大专以上 大学专科以上
大专及以上学历 大专学历
由党组织覆盖 建立了党组织 建立党组织 组建党组织 设立党组织
单独组建 单独建立 独立组建 单建
联合组建 联合建立 联建
非公企业 非公有制企业 非公经济组织 民营企业 两新企业
非公企业党支部 非公党支部 非公支部 非公企业支部
非公企业党员 非公党员
女 女性 妇女 女同志 女干部
党员 共产党员 中共党员
比例 占比 比重 百分比 占
村（社区） 村(社区) 村和社区 村、社区 村社区 村社 村居 村（居）
村（居）民委员会 村(居)民委员会 村（社区）居民委员会 村委会 居委会 村居委会 村民委员会
村（居）民委员会 居民委员会
党组织成员 党组织班子成员 党组织委员 党总支成员 党总支委员 支委成员 党总支班子成员
平均年龄 平均岁数
两委成员 两委班子成员 两委干部 两委人员
一肩挑 书记主任一肩挑 书记、主任一肩挑
结对共建 共建对子 结对
三会一课 “三会一课”
六个一 “六个一”
达标 达到标准 符合标准
新成立 新组建 新建立 新建
第一书记 “第一书记”
后备干部 后备人才 后备力量
重点工作 重点任务 重点项目任务
党建工程 工程
大学生 高校毕业生 大学毕业生 毕业生
招聘 招录 招考 录用 选聘
上岗 到岗 聘用
试用期满合格 试用合格 试用期合格 试用期考核合格 通过试用
村工作 驻村 到村工作 到村任职 在村任职
阵地 活动场所 活动阵地
示范阵地 示范点 示范性阵地
筹建 筹备 即将成立 拟成立 在建
小区 新小区 新建小区 居住区
期末完成 已完成 完成
主要岗位 主要领导岗位 重要岗位
副书记 党组织副书记
书记 党组织书记 党总支书记
交流调配 交流轮岗 调整交流 交流调整
压缩 减少 精简
党建指导员 指导员
联络员 党建联络员
走访 走访企业 上门走访
中心组学习 中心组集中学习 理论中心组学习
例会 工作会议 工作例会
培训 专题培训 培训班 集中培训 轮训
承诺 公开承诺 践诺
兑现 履诺 履行
""".strip()


# Said of any number: tells nothing of what it counts.
STOP = """
共有 现有 目前 全年 今年 本年 当年 其中 截至 年底 年末 期末 已经 达到 分别 累计 总数 共计 合计
总共 全街道 我街道 街道共 一年来 增加 增长 提高 上升 提升 净增 减少 压缩 下降 降低 缩减 增减
较上年 较上届 比上年 比上届 与上届相比 与上年相比 同比 分别为 举办 开展 组织开展 召开 举行 组织
定期召开 定期 采取 采用 结成 建成 建有 选派 派出 派驻 下派 部署实施 部署 实施 安排 面向社会 公开
推动 推进 培育 打造 实现 帮助 集中 先后 成功 全面 均已 均 都 扎实 深入 严格 坚持 认真 积极 着力
分期 进行 现任 担任 新任 有 共 为 达
""".strip()


def _replacements(lines: str) -> tuple[re.Pattern[str], dict[str, str]]:
    meant = {word: line.split()[0] for line in lines.splitlines() for word in line.split()}
    meant.update(dict.fromkeys(STOP.split(), BREAK))
    longest = sorted(meant, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest))), meant


# Where words end that are compared.
BREAK = "|"
_PATTERN, _MEANT = _replacements(SYNONYMS)
_GRAMMAR = str.maketrans("", "", "的了和与及、（）()“”")


def plain(words: str) -> str:
    """The words in the one way they are compared in."""
    return _PATTERN.sub(lambda found: _MEANT[found[0]], words).translate(_GRAMMAR)


def pairs_of(words: str) -> set[str]:
    """Each two characters side by side, and 女, which tells much alone."""
    found = plain(words)
    pairs = {found[place : place + 2] for place in range(len(found) - 1)}
    return {pair for pair in pairs if BREAK not in pair} | ({"女"} if "女" in found else set())


# What a word counts for by where it stands: 1 in the number's own clause, less in those before.
NEAR = (0.5, 0.4, 0.3)
FAR, TOPIC, OUTER = 0.2, 0.35, 0.12


def own_words(around: Surroundings) -> list[str]:
    """The words a number's own clause says of it; 占 and nothing more leans on the clause before.

    So does what follows on 书记中: only part of the clause before is spoken of.
    """
    own = [around.before, around.after]
    says_little = not set().union(*map(pairs_of, own)) - {"比例"}
    if around.earlier and (says_little or around.earlier[0].endswith("中")):
        own.append(around.earlier[0])
    return own


def own_pairs(around: Surroundings) -> set[str]:
    return set().union(*map(pairs_of, own_words(around)))


def weights_of(around: Surroundings) -> dict[str, float]:
    """How near each pair of characters stands to a number: 1 in its own clause."""
    outer = [(around.previous, OUTER), *((words, OUTER) for words in around.headings)]
    earlier = [
        (words, NEAR[place] if place < len(NEAR) else FAR)
        for place, words in enumerate(around.earlier)
    ]
    topic = [(around.earlier[-1], TOPIC)] if around.earlier else []
    own = [(words, 1.0) for words in own_words(around)]
    found: dict[str, float] = {}
    for words, weight in [*outer, *earlier, *topic, *own]:
        for pair in pairs_of(words):
            found[pair] = max(found.get(pair, 0.0), weight)
    return found
