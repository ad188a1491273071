"""What kind of document it is, whose item it answers, and whether it only advises the lead bureau."""

from __future__ import annotations

import re

from extractors.bulletins import is_bulletin
from extractors.identity.layout import Letter, Strip, addressed_bureau, addressee
from extractors.identity.title import ENDING
from extractors.lexicon import alternation, words_of
from extractors.lexicon.openings import sought
from models.documents import Body, Kind

_ITEM = "建议|提案|议案"
_ANSWER = re.compile(
    rf"(?:{_ITEM}|[号案]|会议|人大|政协)[^。]{{0,40}}?(?:答复|复函|回复|续复|会办|协办|分办|办理情况的?(?:\([^()]*\))?的?(?:函|复函|回函|意见)|办理意见|办理结果|的复$|”?复文(?=$|\())|^(?:答复|复函)"
    r"|^(?:关于|对).{4,120}(?:的答复|答复函|的复函|答复意见|答复的函|续复函|会办意见|协办意见)(?:\([^()]*\))*$"
)
_RECEIVED = re.compile(
    rf"(?:{_ITEM})[^。]{{0,60}}(?:收悉|收到(?!时间|日期)|由我[局委办厅处]|答复如下|回复如下|函复|函告|交我[局委办厅])|(?:收悉|由我[局委办]).{{0,80}}(?:答复|回复|函复)如下"
    rf"|(?:答复|回复|函复|函告)如下"
)
_REPORT = sought(
    r"(?:报告|汇报|通报|总结|情况的?公报)(?:[和及与、暨][^。]{0,20}(?:安排|打算|计划|要点|思路|谋划|部署))?(?:\([^()]*\))*$|(?:统计|状况|质量|监测)(?:年度)?公报(?:\[\d+\]|\([^()]*\))*$|(?:运行|经济发展)(?:的?基本)?(?:情况|简况|分析|态势)(?:分析|简析)?(?:\([^()]*\))*$|(?:建议|提案)[^。]{0,8}办理(?:工作|总体情况|结果)?$|20\d\d年(?:度|上半年)?[^。]{0,10}工作(?:开展)?情况(?:\([^()]*\))*$|(?:半年|季度|月度|年度|年终|[一二三四]季度|\d月份?)调度$"
    r"|(?:办理|落实|进展|完成|推进|整改)(?:工作)?(?:进展)?情况(?:说明)?(?:的?(?:公示|公布|公告|通告|公开)|(?:统计|汇总|一览|登记)?表)?(?:\([^()]*\))*$"
    r"|(?:审计|检查|督查|监测|调查|评估|核查|考核|抽查|巡查)(?:结果|情况|发现问题)(?:的?(?:公告|通报|公示|公布))?(?:\([^()]*\))*$"
)
# What a title says of handling, without saying that it answers: 代表建议办理“回头看”自查情况, 报送办理落实情况的函.
_HANDLED = re.compile(rf"(?:{_ITEM})[^。]{{0,12}}(?:办理|落实|督办)[^。]{{0,16}}(?:情况|总结|自查|回头看|台账)")
# To the committee that asked for it: 关于第7号建议答复承诺事项进展的报告.
_ON_PROMISES = re.compile(
    r"承诺(?:事项|内容|件)?[^。]{0,20}(?:报告|汇报|通报|(?:办理|落实|推进|完成|兑现)(?:进度|进展|情况)(?:的函)?)(?:\([^()]*\))*$"
)
_ITEM_LABELS = re.compile(alternation(words_of("kinds", "item")))
_PLAN = re.compile(alternation(words_of("kinds", "plan")))
_RULE = re.compile(alternation(words_of("kinds", "rule")))
_CHANGE = re.compile(alternation(words_of("kinds", "change")))
_CHANGED = re.compile(alternation(words_of("kinds", "changed")))
_MADE = re.compile(
    r"(?:制定|制订|编制|出台|形成)(?:本|如下|以下|了?如下)(?:[\u4e00-\u9fa5]{0,4}?)(?P<what>计划|方案|规划|要点|办法|细则|规定|意见|条例|措施|规则|制度)"
)
_NEWS_LINE = re.compile(
    rf"{alternation(words_of('kinds', 'news'))}|来源:.*(?:报|网|社|台)|讯$|[\u4e00-\u9fa5]发布(?:20|$)"
)
_NEWS_BODY = re.compile(
    "^.{0,40}?(?:讯[\\s(:]?|消息|电\\(|本报)|近日,|日前,|记者|昨日|今日|\\d{1,2}日(?:上午|下午|清晨|晚)?,|获悉|随着"
)
# 无锡观察 2025-09-12 under a headline
_MEDIUM_LINE = re.compile(
    r"[\u4e00-\u9fa5·]{2,12}(?:观察|新闻|在线|视窗|之声|播报|时讯|快报|头条|网|号|客户端|(?<![简通公月周])报)[|]?20\d\d[-年./]"
)
_BARE_DAY = re.compile("^20\\d\\d(?:年\\d{1,2}月\\d{1,2}日|[-./]\\d{1,2}[-./]\\d{1,2})$")
_DONE_HEADLINE = re.compile(
    "(?:收网|收官|启动|启用|投用|投运|开通|通车|通水|通气|建成|落成|竣工|完工|揭牌|挂牌|上线|开工|开馆|开园|开业|开诊|开幕|闭幕|落幕|举行|举办|见效|突破|增长|翻番|提速|升级|亮相|到位|落地|出炉|发布|清零|[了啦])$"
    "|(?:全部|全面|正式|顺利|已|均)[\u4e00-\u9fff]{2,6}$"
)
_PLACED_HEADLINE = re.compile("^[\u4e00-\u9fff]{2,15}:[^:]{4,40}$")  # 某市民政局:改革这一年
_KIND_AT_END = re.compile(
    f"(?:{alternation(words_of('kinds', 'plan'))}|{alternation(words_of('kinds', 'rule'))})"
    "(?:的?[通报公]告|的?通知|的?函)?(?:\\([^()]*\\))*$"
)
# 有关负责人就《关于…的通知》答记者问: an interview is about a paper, it is none.
_INTERVIEW = re.compile(
    r"答记者问|记者专访|举[行办].{0,40}(?:新闻发布会|吹风会|记者招待会|记者见面会)(?!.{0,16}(?:通知|方案|计划|预案))|(?:新闻发布会|在线访谈|访谈|对话)(?:文字)?实录|接受[^。]{0,12}(?:专访|采访)"
)
_ENACTED = re.compile("^第[一1]条|^第一章")
_COOPERATING = re.compile(
    "会办意见|协办意见|会办(?:件|函|答复|情况)|协办(?:件|函|答复|情况)|分办意见|(?:会|协)办的?(?:答复|复函|意见)"
)
_ORGANIZATION = re.compile("(?:残联|残疾人联合会|总工会|妇联|团[市县区省]?委|科协|文联|侨联|红十字会|工商联)[:]?$")
_FOR_THE_LEAD = re.compile(
    "供(?:你|贵)[局委办厅部会]?.{0,6}(?:答复|参考|汇总)|供答复.{0,8}参考|(?:会办|协办)意见(?:函告)?如下|贵[局委办厅].{0,8}(?:转来|主办|牵头)|请贵[局委办厅]"
)


def kind_of(letter: Letter, title: Strip) -> Kind:
    """The kind, from title, salutation and opening sentence.

    A letter to a deputy or member is a reply, whatever its title says; a report on the handling that goes to an office
    is a progress report; a notice takes the kind of what it sends out, and one that cancels or moves a plan is a plan.
    """
    for kind, holds in (
        (Kind.REPLY, _is_reply),
        (Kind.PROGRESS_REPORT, _is_report),
        (Kind.SUGGESTION, _is_item),
        (Kind.NEWS, _is_news),
    ):
        if holds(letter, title.folded):
            return Kind.PROPOSAL if kind is Kind.SUGGESTION and body_of(letter, title, kind) is Body.CPPCC else kind
    return _issued(letter, title.folded)


def _is_reply(letter: Letter, title: str) -> bool:
    if _ON_PROMISES.search(title) and not _to_deputies(letter):
        return False
    if letter.people:
        return True
    if _REPORT.search(title) and not re.search("答复|复函|会办|协办", title):
        return False
    if _ANSWER.search(title) and re.search("关于|对|答复|复函|复文", title):
        return True
    return (
        not _issuing(title)
        and bool(_RECEIVED.search(letter.opening.folded[:400]))
        and bool(re.search(_ITEM, letter.opening.folded[:300]))
    )


def _to_deputies(letter: Letter) -> bool:
    """Whether deputies or members are addressed by name, not one of their committees."""
    named = addressee(letter.salutation) if letter.salutation else None
    return bool(named and named["role"])


def _issuing(title: str) -> bool:
    return bool(re.search("印发|转发|的通知|的公告|办法|方案", title))


def _is_report(letter: Letter, title: str) -> bool:
    if re.search("^.{0,6}(?:讯|消息)", title):
        return False
    return bool(
        _REPORT.search(title) or _ON_PROMISES.search(title) or (_HANDLED.search(title) and not _ANSWER.search(title))
    )


def _is_item(letter: Letter, title: str) -> bool:
    top = letter.top.folded
    if _issuing(title) or letter.people:
        return False
    ends = re.search(rf"(?:{_ITEM})(?:\([^()]*\))?$", title)
    if _ITEM_LABELS.search(top) or (ends and re.search("关于|对|加|推", title)):
        return True
    return any(_BY_DEPUTY.match(line.folded) for line in letter.head) and not _MEDIA.search(top)


# 省人大代表 龚庆 in a line of its own: a paper signed by a deputy asks, whatever its title says (对…的几点意见).
_BY_DEPUTY = re.compile(r"\s*(?:全国|自治[区州县旗]|[省市县区州旗])(?:人大代表|政协委员)[: ]+[一-鿿·]{2,4}\s*$")
_MEDIA = re.compile(alternation(words_of("kinds", "news")))


def _is_news(letter: Letter, title: str) -> bool:
    if _INTERVIEW.search(title) or _INTERVIEW.search(letter.top.folded):
        return True
    if _official(letter, title) or _MADE_PUBLIC.search(title):
        return False
    lines = [line.bare.folded for line in letter.head]
    dateline = any(_NEWS_LINE.search(line) for line in lines)
    if is_bulletin("\n".join(lines)):
        return True
    unsigned = bool(letter.foot) and letter.foot[-1].bare.folded.endswith(("。", "!", "”"))
    if unsigned and _is_headline(title) and any(map(_BARE_DAY.match, lines[1:])):
        return True
    return dateline or bool(_NEWS_BODY.search(letter.opening.folded[:120])) or any(map(_MEDIUM_LINE.match, lines[1:]))


_MADE_PUBLIC = re.compile(r"的?(?:公示|公告|通告)(?:\([^()]*\))*$")  # signed or not, an office makes it known


def _is_headline(title: str) -> bool:
    """Whether a title ends in what happened, not in a kind of paper: “护瓜”行动收网, 五座水厂全部通水."""
    if title.startswith("关于") or _KIND_AT_END.search(title):
        return False
    return bool(_DONE_HEADLINE.search(title) or _PLACED_HEADLINE.match(title))


def _official(letter: Letter, title: str) -> bool:
    """Whether an office speaks: a title 关于…的通知, a first article, 制定本计划, or somebody addressed."""
    first = letter.opening.folded[:600]
    titled = bool(re.search("关于.*(?:通知|意见|方案|办法|决定|计划)", title)) or bool(
        re.search("(?:计划|方案|要点|办法|细则|规定|条例)(?:\\([^()]*\\))*$", title)
        and not re.search("印发|出台|发布|公布|启动|实施", title)
    )
    return titled or bool(letter.salutation or _ENACTED.search(first) or _MADE.search(first))


def _issued(letter: Letter, title: str) -> Kind:
    """Plan or regulation, from the words that the title ends with; else from the sentence 制定本…; else other."""
    named = _named(title)
    if _CHANGE.search(title) and _CHANGED.search(title) and named.endswith(("通知", "公告", "决定")):
        return Kind.PLAN if not re.search("标准|价格|收费|补助|待遇", title) else Kind.REGULATION
    made = _MADE.search(letter.opening.folded[:800])
    named = _WORKS_TOLD.sub("", named)
    for words in (named, made["what"] if made else ""):
        plan, rule = _last(_PLAN, words), _last(_RULE, words)
        if max(plan, rule) >= 0:
            return Kind.PLAN if plan > rule else Kind.REGULATION
    if _ENACTED.search(letter.opening.folded) or _ARTICLES.search(title):
        return Kind.REGULATION
    return Kind.OTHER if _MADE_PUBLIC.search(title) else _by_manner(letter)


def _by_manner(letter: Letter) -> Kind:
    """What a paper is that no word of its head tells: a report in parts on what was done, or a story; else other."""
    body = letter.folded[:3000]
    told = _REPORTS_SO.search(letter.opening.folded[:400])
    if told and "安排" in told[0]:
        return Kind.PLAN  # 现将2024年衔接资金项目安排情况公示如下
    if _PARTS_DONE.search(body) or told:
        return Kind.PROGRESS_REPORT
    if any("简报" in line.bare.folded for line in letter.head) or "|" in body:
        return Kind.OTHER
    return Kind.NEWS if _STORY.search(body) else Kind.OTHER


_PARTS_DONE = re.compile(
    r"(?m)^\s*(?:[一二三四]、|[(][一二三四][)])[^。\n]{0,16}(?:工作|任务|项目)[^。\n]{0,6}(?:情况|回顾|成效|总结|进展)[^。\n]{0,4}$"
)
_REPORTS_SO = re.compile(r"现将[^。\n]{2,60}(?:情况|工作)[^。\n]{0,8}(?:通报|报告|汇报|总结|公示|公布)如下")
# a sentence of some length: it tells something
_STORY = re.compile(r"[^。\n|]{24,}。")


_ARTICLES = re.compile(
    r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})条[”》]?$"
)  # 稳增长“33条”: rules called by their number


def _named(title: str) -> str:
    """What a notice sends out (关于印发《X》的通知 -> X), else the title, without brackets at its end."""
    sent = re.search(r"(?:印发|转发|公布|发布|实施|下达)[^《]{0,20}《(?P<what>.+)》", title) or re.search(
        r"印发(?P<what>.+?)的通知", title
    )
    words = sent["what"] if sent else _DIVIDED.sub("", title)
    return re.sub(r"(?:\([^()]*\))+$", "", words)


_WORKS_TOLD = re.compile("重点项目(?=[\u4e00-\u9fa5]{2})")  # 重点项目建设提速: a story of them, no list
# 关于某方案2024年目标任务分解的通知
_DIVIDED = re.compile(
    r"(?<=分解)(?:表|方案)?的通知$|(?<=任务分工)的?通知$"
    r"|(?<=计划|方案|规划|要点)的(?:公告|公示|通告|批复)$"
)


def _last(pattern: re.Pattern[str], words: str) -> int:
    return max((hit.end() for hit in pattern.finditer(words)), default=-1)


def body_of(letter: Letter, title: Strip, kind: Kind) -> Body | None:
    """人大 or 政协: by the meeting named, then by who is addressed, then by 建议 or 提案 (labels are mixed up)."""
    if kind not in (Kind.SUGGESTION, Kind.PROPOSAL, Kind.REPLY):
        return None
    said = title.folded + letter.top.folded
    salute = letter.salutation.bare.folded if letter.salutation and letter.people else ""
    opening = letter.opening.folded[:300]
    for cppcc, npc, where in (
        ("政协(?!主席)|委员会第?.{1,3}次", "人大(?!常委)|人民代表大会(?!常)", said),
        ("委员|民革|民盟|民建|民进|农工|致公|九三|台盟|工商联|界别?:", "代表", salute),
        ("提案", "代表.{0,2}建议|代表|议案", said),
        ("政协|提案|委员", "人大|代表", opening),
        ("民革|民盟|民建(?!设)|民进|农工党|致公党|九三学社|台盟", "人大|代表", opening),
        ("提案", "建议", said + opening),
    ):
        hits = (bool(re.search(cppcc, where)), bool(re.search(npc, where)))
        if hits[0] != hits[1]:
            return Body.CPPCC if hits[0] else Body.NPC
    return None


def _to_organization(letter: Letter, title: Strip) -> bool:
    """Whether a 会办意见 goes to a mass organization that leads the handling: 市残联：."""
    salutation = letter.salutation.bare.folded if letter.salutation else ""
    return bool(_COOPERATING.search(title.folded) and _ORGANIZATION.search(salutation))


def advises_the_lead(letter: Letter, title: Strip, kind: Kind) -> bool:
    """Whether a reply is a 会办意见 that goes to the lead bureau; a letter to the deputies themselves never is."""
    if kind is not Kind.REPLY or (letter.people and not _to_organization(letter, title)):
        return False
    to_bureau = letter.salutation is not None and addressed_bureau(letter.salutation)
    said = bool(_COOPERATING.search(title.folded) or _FOR_THE_LEAD.search(letter.opening.folded[:500]))
    return said or (
        to_bureau
        and ENDING.search(title.folded) is not None
        and "人大" not in (letter.salutation.bare.folded if letter.salutation else "")
    )
