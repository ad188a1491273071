"""Small papers of one county, for tests across documents."""

from __future__ import annotations

from extractors.pipeline import extract
from models.documents import Document
from models.evidence import Paper
from models.ids import DocumentId

SIBLINGS = "在城东新区规划建设儿童友好公园。完善残疾人辅具租借制度。"

_REPLY = """{place}发展和改革局
{short}发改函〔2024〕18号
关于县十八届人大三次会议第56号建议的答复
陶一苇代表：
您提出的《关于办好民生实事的建议》收悉，现答复如下：
下一步，我们将着力做好以下工作：{promise}{siblings}
感谢您的关心支持！
{place}发展和改革局
2024年5月20日
"""
_NEWS = """{place}：一桩桩实事有了新进展
{place}融媒体中心 2026年1月8日
记者从县里了解到最新进展。{evidence}
街坊们说，日子越过越方便。
"""
_REPORT = """{place}发展和改革局
关于2024年县人大代表建议承诺事项办理情况的报告
县人大常委会：
现将承诺事项办理情况报告如下：
一、办理情况
{evidence}
{place}发展和改革局
2026年1月8日
"""
_PLAN = """{place}人民政府办公室
关于印发《{place}民生实事三年行动方案（2024—2026年）》的通知
各乡镇人民政府，县政府各部门：
现将行动方案印发给你们，请认真组织实施。
{place}人民政府办公室
2024年8月30日
一、重点任务
{evidence}
"""
_RULES = """{place}发展和改革局
关于印发民生实事有关办法的通知
{short}发改规〔2025〕2号
各乡镇人民政府：
{evidence}
第二十条 本办法自2025年9月1日起施行。
{place}发展和改革局
2025年8月11日
"""
_NOTICE = """{place}发展和改革局
关于调整部分民生实事计划的通知
各乡镇人民政府，县直有关单位：
经县政府同意，现将有关事项通知如下：
{evidence}
三、各单位要做好解释工作。
{place}发展和改革局
2025年4月16日
"""
_FORMS = {"news": _NEWS, "report": _REPORT, "plan": _PLAN, "rules": _RULES, "notice": _NOTICE}


def reply(promise: str, place: str = "沭阳县", siblings: str = SIBLINGS) -> Paper:
    """A county bureau's reply of 2024-05-20 that makes one promise beside two others."""
    return paper("reply.txt", _REPLY.format(place=place, short=place[0], promise=promise, siblings=siblings))


def later(form: str, evidence: str, place: str = "沭阳县") -> Paper:
    """A later paper of a county with one sentence that matters: news, report, plan, rules or notice."""
    return paper(f"{form}.txt", _FORMS[form].format(place=place, short=place[0], evidence=evidence))


def paper(name: str, text: str) -> Paper:
    """A paper of some text; its name is its id."""
    return Paper(DocumentId(name), extract(Document(name=name, form="txt", text=text)))
