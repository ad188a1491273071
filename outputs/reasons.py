"""Why something found across documents is believed, in Chinese: reasons and scores by their codes."""

from __future__ import annotations

from collections.abc import Iterable

from models.evidence import Reason

REASONS: dict[str, str] = {
    "says_issued": "写明已印发{quoted}",
    "says_in_force": "规定已经生效{quoted}",
    "says_done": "写明已经办成{quoted}",
    "says_under_way": "写明正在办{quoted}",
    "says_part": "只办了一部分{quoted}",
    "says_missed": "写明没有完成{quoted}",
    "says_cancelled": "写明取消{quoted}",
    "says_moved": "写明推迟{quoted}",
    "says_prepared": "只在做准备{quoted}",
    "says_talk": "只是部署、要求，不证明办理{quoted}",
    "number_met": "达到承诺的数{quoted}",
    "number_short": "数量还不够{quoted}",
    "number_untold": "没有说承诺的数",
    "number_changed": "数量改成{quoted}",
    "other_year": "说的是别的年度",
    "part_missing": "只说到承诺的一部分",
    "some_of_all": "只是其中一部分{quoted}",
    "planned": "只是写进计划",
    "promised_again": "只是再次承诺",
    "in_force": "规定已经生效",
    "speaks_of_it": "说到这件事",
    "same_title": "文件名称相同{quoted}",
    "like_title": "标题相近{quoted}",
    "same_things": "提到同一事物{quoted}",
    "same_numbers": "数字相合{quoted}",
    "same_wording": "措辞相合{quoted}",
    "same_section": "所在部分相合",
    "same_time": "时间相合{quoted}",
    "same_indicator": "同一指标{quoted}",
    "same_unit": "同一计量单位{quoted}",
    "same_number": "案号相同{quoted}",
    "number_differs": "案号不同{quoted}",
    "same_body": "同属人大或政协",
    "body_differs": "一属人大，一属政协",
    "same_place": "同一地区{quoted}",
    "place_differs": "地区不同{quoted}",
    "same_proposers": "提出人相同{quoted}",
    "title_differs": "标题不同{quoted}",
    "same_session": "届次相同{quoted}",
    "session_differs": "届次不同{quoted}",
    "same_year": "年份相同{quoted}",
    "dated_before": "答复早于来件{quoted}",
    "second_reply": "注明是续复",
    "joint_reply": "并案答复{quoted}",
    "cites_reply": "提到上次答复的文号{quoted}",
    "same_unit_again": "同一单位再次答复",
    "same_text": "正文相同{quoted}",
    "same_paper_number": "文号相同{quoted}",
    "promised": "答复作了承诺",
    "told_as_done": "答复说明已经办理",
    "answered_in_part": "答应一部分，另一部分没有采纳",
    "refused": "答复说明不能办理或留作参考",
    "studied_only": "只答应研究",
    "beside_the_point": "答复提到了，没有说办不办",
    "not_mentioned": "答复没有提到",
}
"""Why something found across documents is believed; {quoted} are the words or numbers it is about."""

SCORES: dict[str, str] = {
    "title": "文件名称",
    "things": "专名",
    "numbers": "数字",
    "wording": "措辞",
    "section": "上下文",
    "time": "时间",
}
"""Of what a link's score is made up."""


def reason_phrases(reasons: Iterable[Reason]) -> str:
    """Why something found across documents is believed, in one line.

    >>> reason_phrases([Reason("same_title", ("供水管理办法",)), Reason("planned")])
    '文件名称相同“供水管理办法”；只是写进计划'
    """
    return "；".join(map(_reason_phrase, reasons))


def _reason_phrase(reason: Reason) -> str:
    quoted = "".join(f"“{value}”" for value in reason.values if value)
    return REASONS.get(reason.code, reason.code).format(quoted=quoted)
