"""A document's title: what remains of the head when letterhead, numbers, labels and dates are taken away."""

from __future__ import annotations

import re

from extractors.identity import offices
from extractors.identity.layout import Letter, Line, Strip
from extractors.lexicon import alternation, words_of
from extractors.lexicon.openings import sought

_LABELLED_TITLE = re.compile(
    rf"^(?:{alternation(words_of('identity_labels', 'title'))})(?!分析|及|内容|摘要|理由|分类|词)[:]?(?=\S)"
)
_META = re.compile(
    r"^(?:索引号|索取号|发布|编稿|来源|信息来源|发文|成文|公开|生成|作者|责任编辑|编辑|浏览|访问|点击|阅读|字体|字号|打印|分享|主题|体裁|有效|文号|组配|信息分类|所属|"
    r"时间|日期|时效性|效力级别|(?:施行|实施|废止|公布)日期|当前位置|首页|您现在|您的位置|办理|答复类|办复|类别|是否|签发|密级|紧急|编号|公文|附件|联系|承办|领导|保密|名称:|关键词|语言|序号|分类|责任部门|"
    r"登录|注册|无障碍|长者|提案人|建议人|提出人|领衔|附议|联名|代表姓名|提案者|第一提案|提交|案号|提案编号|建议编号|内容|届次|会议|审查|提案单位|议案|电话|单位|记者|通讯员)"
    r"[^:|]{0,14}(?:[:|]|$)|^(?:A|B|C|D|甲|乙|丙|丁)\d?类?$|^(?:主动公开|依申请公开|不予公开|同意公开|此件.*公开|公开)$|^\[.*\]$"
)
_DATE_LINE = re.compile(r"^[\(]?[12二]\S{0,3}\d?年?.{0,18}$")
_NUMBER_LINE = re.compile(r"^.{0,24}[〔\[【﹝［\(](?:19|20)\d\d[〕\]】﹞］\)].{0,30}号.{0,16}$|^\(?第[A-Z\d-]+号\)?$")
_BEGIN = re.compile(
    r"关于|^对|[局委厅办府会院部处]对(?=[^,。]{0,12}(?:人大|政协|人民代表大会|第?[一二三四五六七八九十]+届))"
)
ENDING = sought(
    r"(?:答复|复函|的函|函|意见|报告|通知|通报|方案|计划|规划|办法|细则|规定|条例|建议|提案|议案|措施|要点|公告|公示|决定|安排|清单|指南|规则|标准|行动|令|纲要|情况|(?:计划|任务|分解|分工|责任|目标|安排|情况|推进|节点|时间|一览)表)"
    r"(?:\((?:[^()]|\([^()]*\))*\))*$"
)


def title_of(letter: Letter) -> Strip:
    """The title, its lines joined: 关于对市七届人大五次会议第71号建议的答复. Empty where there is none."""
    labelled = [line for line in letter.head if _LABELLED_TITLE.match(line.bare.folded)]
    if labelled:
        line = labelled[0].bare
        at = _LABELLED_TITLE.match(line.folded)
        assert at is not None
        folded, raw = line.folded[at.end() :], line.raw[at.end() :]
        if field := _NEXT_FIELD.search(folded):
            folded, raw = folded[: field.start()], raw[: field.start()]
        begin, end = len(folded) - len(folded.lstrip("|:")), len(folded.rstrip("|"))
        return Strip(folded[begin:end], raw[begin:end])
    rest = [line.bare for line in letter.head if not is_furniture(line)]
    first = letter.head[0].bare if letter.head else None
    alone = first and _ATTACHED.match(first.folded)
    if first and alone and ENDING.search(first.folded):
        return Strip(first.folded[alone.end() :], first.raw[alone.end() :])
    return _joined(rest)


# A row of a page's table: 信息名称 关于…的答复 成文日期 2023-06-01.
_NEXT_FIELD = re.compile(r"(?<=.{4})(?:成文|发文|发布|公开|生成)(?:日期|时间):?(?:19|20)\d\d")
# 附件1：溪口镇河道清淤计划表: an attachment that stands alone.
_ATTACHED = re.compile(r"附[件表][\d一二三四五六七八九十]{0,2}:(?=[^:]{6,60}$)")


def is_furniture(line: Line) -> bool:
    """Whether a head line is letterhead, number, label or date rather than title."""
    bare = line.bare.folded
    labelled = _META.match(bare) or _NUMBER_LINE.match(bare) or _SIGNER.match(bare)
    furniture = labelled or is_date(bare) or not _WORD.match(bare)
    return bool(furniture or offices.is_letterhead(line)) and not (
        (bare.startswith(("关于", "对")) or _NUMBER_FRONT.match(bare)) and ENDING.search(bare)
    )


# 区人大代表 柏青 above the title says who signs
_SIGNER = re.compile(r"(?:全国|自治[区州县旗]|[省市县区州旗])?(?:人大代表|政协委员):?[一-鿿·]{2,4}$")
# The rule of a table and the items of a menu are no title.
_WORD = re.compile(r"[^•●|\-—]*\w")


def is_date(bare: str) -> bool:
    """Whether a line holds a date and little else."""
    return bool(_DATE_LINE.match(bare)) and sum(
        char.isdigit() or char in "年月日-./:二〇○零一三四五六七八九十" for char in bare
    ) >= 0.6 * len(bare)


def _joined(lines: list[Strip]) -> Strip:
    """The first run of lines that makes a title: from 关于/对 to an ending word, at most four lines."""
    start = next((i for i, line in enumerate(lines) if _BEGIN.search(line.folded)), 0)
    end = next((i for i in range(start, min(len(lines), start + 4)) if _complete(lines[start : i + 1])), start)
    if end < len(lines) - 1 and re.match(
        r"^(?:的?(?:答复|复函|函|通知|意见)|《.*》的通知|\(.*\))", lines[end + 1].folded
    ):
        end += 1
    taken = lines[start : end + 1]
    folded, raw = "".join(x.folded for x in taken), "".join(x.raw for x in taken)
    number = _NUMBER_FRONT.match(folded)
    return Strip(folded[number.end() :], raw[number.end() :]) if number else Strip(folded, raw)


# 某教〔2021〕12号某县教育局关于…的答复: the number stands in front of the title on its line
_NUMBER_FRONT = re.compile(r"[一-鿿]{2,12}[〔\[【(](?:19|20)\d\d[〕\]】)]\d{1,5}号(?=.{0,20}(?:关于|对).{6})")


def _complete(lines: list[Strip]) -> bool:
    """Whether these lines make a whole title: an ending word, and no 《 left open."""
    text = "".join(line.folded for line in lines)
    return bool(ENDING.search(text)) and text.count("《") <= text.count("》")
