"""Many promises of one letter and two later papers that tell of them all: each finds its own sentence."""

from __future__ import annotations

from functools import lru_cache

import pytest

from extractors.tracking.links import links_between
from models.evidence import Certainty, Relation
from tests.extractors.tracking.papers import paper

LETTER = """沛县民政局
沛民函〔2024〕31号
关于县十八届人大三次会议第77号建议的答复
温如玉代表：
您提出的《关于加快发展居家社区养老服务的建议》收悉，现答复如下：
一、已开展的工作
截至2023年底，全县建成社区养老服务站62个，助餐点38个，家庭养老床位400张。
二、下一步措施
（一）扩大助餐服务。年底前助餐点增加到60个，60岁以上老人每餐补贴3元，80岁以上每餐补贴5元。
（二）推进适老化改造。今明两年为1200户特殊困难老年人家庭实施适老化改造，其中今年500户。
（三）加强队伍建设。开展养老护理员培训，每年不少于300人次；在县职教中心开设老年服务与管理专业。
（四）完善设施网络。2025年6月底前，每个镇（街道）建成1所区域性养老服务中心，共17所。
（五）推动医养结合。推动17家卫生院与养老机构签约，做到签约率100%，开通双向转诊绿色通道。
（六）制定《沛县养老服务机构星级评定办法》，9月底前印发，对评为三星以上的一次性奖励5万元至15万元。
（七）建设智慧养老平台，将独居老人紧急呼叫接入平台，为2000名独居老人配发呼叫设备。
（八）探索“时间银行”互助养老模式。
感谢您的关心！
沛县民政局
2024年6月3日
"""
REPORT = """沛县民政局
关于2024年居家社区养老服务工作情况的报告
县人大常委会：
现将有关情况报告如下：
一、助餐服务提质扩面。新增助餐点24个，总数达到62个，全年服务老人41万人次。助餐补贴全部落实，兑付补贴资金138万元。
二、适老化改造有序推进。完成516户，剩余任务明年组织实施。
三、队伍素质不断提升。培训养老护理员4期260人次。县职教中心老年服务与管理专业今秋首次招生，录取42人。
四、设施网络逐步健全。区域性养老服务中心建成9所，在建5所，安国、栖山、魏庙3镇尚未落实选址。
五、医养结合不断深化。17家卫生院全部与养老机构签约，双向转诊绿色通道正在与医院协商流程。
六、制度建设取得进展。星级评定办法已报县司法局合法性审查。
七、智慧养老平台完成招标，呼叫设备配发630台。
沛县民政局
2025年1月10日
"""
NEWS = """沛县：让“夕阳红”更有温度
沛县融媒体中心 2025年9月20日
“花5块钱就能吃上两菜一汤”，家住汉源街道的朱大爷说。眼下沛县助餐点已有75个。
“铃一响，社工就上门”，在县智慧养老平台大屏前，值班员介绍，2060名独居老人的床头都装了呼叫器，信号实时接入。
今年夏天，最后一所区域性养老服务中心在魏庙镇挂牌，至此全县17个镇（街道）实现全覆盖。
星级评定的牌子也挂起来了：《沛县养老服务机构星级评定办法》3月印发后，首批6家机构评上三星，拿到奖励。
两年里，1230户老人家里装上了扶手、防滑地砖，改造任务收官。
在河口镇，低龄老人服务高龄老人，攒下的“时间币”可以兑换服务，“时间银行”已吸引230名志愿者。
"""
FULFILS, ADVANCES = Relation.FULFILS, Relation.ADVANCES


@lru_cache(maxsize=1)
def found() -> dict[str, dict[str, set[Relation]]]:
    """The sure relations of each promise (its words) in the report and in the news."""
    letter = paper("letter", LETTER)
    told: dict[str, dict[str, set[Relation]]] = {}
    for name, text in (("report", REPORT), ("news", NEWS)):
        for link in links_between(letter, paper(name, text)):
            words = letter.extraction.commitments[link.commitment].span.text
            if link.certainty is Certainty.SURE:
                told.setdefault(words, {}).setdefault(name, set()).add(link.relation)
    return told


@pytest.mark.parametrize(
    ("promise", "report", "news"),
    [
        ("助餐点增加到60个", FULFILS, FULFILS),
        ("适老化改造", ADVANCES, FULFILS),
        ("护理员培训", ADVANCES, None),
        ("区域性养老服务中心", ADVANCES, FULFILS),
        ("星级评定办法", ADVANCES, FULFILS),
        ("智慧养老平台", ADVANCES, FULFILS),
        ("时间银行", None, ADVANCES),
    ],
)
def test_each_promise_finds_its_own_sentence(promise: str, report: Relation | None, news: Relation | None) -> None:
    told = next((each for words, each in found().items() if promise in words), {})
    assert {name: _best(told.get(name, set())) for name in ("report", "news")} == {"report": report, "news": news}


def _best(relations: set[Relation]) -> Relation | None:
    return FULFILS if FULFILS in relations else next(iter(relations), None)
