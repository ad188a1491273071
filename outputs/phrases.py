"""What every code is called in Chinese: enum values, reasons, what is measured; flags and notes are in `flags.py`."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from models.appraisal import Lack
from models.commitments import Strength
from models.decided import DecisionKind
from models.documents import Body, Kind, UnitRole, Zone
from models.errors import Unreadable, UnreadableDocument
from models.evidence import AlarmCode, Answer, Certainty, PairKind, Relation, Schedule, ScheduleCode, Status
from models.findings import Finding, FindingCode
from models.foreign import Meaning
from models.harm import Harm
from models.health import Health
from models.nightly import Delivery, Fetched, News, Phase
from models.people import Scope, UserRole
from models.progress import Step
from models.quantities import Basis, Comparator, Role
from models.returned import Field
from models.runs import Outcome, RunState
from models.scores import Fault, Part

_SAID: tuple[tuple[Enum, str], ...] = (
    (Kind.SUGGESTION, "代表建议"),
    (Kind.PROPOSAL, "政协提案"),
    (Kind.REPLY, "答复"),
    (Kind.PLAN, "计划方案"),
    (Kind.REGULATION, "规范性文件"),
    (Kind.PROGRESS_REPORT, "办理情况"),
    (Kind.NEWS, "新闻"),
    (Kind.OTHER, "其他"),
    (Body.NPC, "人大"),
    (Body.CPPCC, "政协"),
    (UnitRole.TEXT, "正文"),
    (UnitRole.TITLE, "标题"),
    (UnitRole.SALUTATION, "称呼"),
    (UnitRole.HEADING, "小标题"),
    (UnitRole.ITEM_HEAD, "条目标题"),
    (UnitRole.LEAD_IN, "引导句"),
    (UnitRole.TABLE_HEAD, "表头"),
    (UnitRole.TABLE_ROW, "表格行"),
    (UnitRole.SIGN_OFF, "落款"),
    (UnitRole.CONTACT, "联系方式"),
    (Zone.OPENING, "开头"),
    (Zone.DONE, "已做工作"),
    (Zone.ANSWER, "逐条答复"),
    (Zone.PLANNED, "下一步打算"),
    (Zone.CLOSING, "结尾"),
    (Strength.FIRM, "明确承诺"),
    (Strength.AIM, "力争"),
    (Strength.STUDY, "研究探索"),
    (Strength.ENCOURAGE, "鼓励引导"),
    (Comparator.EQUAL, "等于"),
    (Comparator.AT_LEAST, "不低于"),
    (Comparator.AT_MOST, "不超过"),
    (Comparator.ABOUT, "约"),
    (Comparator.RANGE, "区间"),
    (Basis.LEVEL, "水平值"),
    (Basis.INCREASE, "增加值"),
    (Basis.SHARE, "占比"),
    (Role.TARGET, "目标"),
    (Role.ACTUAL, "现状"),
    (Role.STANDARD, "标准"),
    (Status.FULFILLED, "已落实"),
    (Status.IN_PROGRESS, "推进中"),
    (Status.NO_EVIDENCE, "未见佐证"),
    (Status.OVERDUE, "已逾期"),
    (Status.DROPPED, "已取消或变更"),
    (Relation.FULFILS, "落实"),
    (Relation.ADVANCES, "推进"),
    (Relation.RESTATES, "重申"),
    (Relation.CONTRADICTS, "变更或取消"),
    (DecisionKind.CONFIRM_LINK, "确认佐证"),
    (DecisionKind.REJECT_LINK, "否定佐证"),
    (DecisionKind.SET_STATUS, "认定状态"),
    (DecisionKind.CORRECT, "更正"),
    (DecisionKind.MERGE, "并入"),
    (DecisionKind.ASSIGN, "交办"),
    (DecisionKind.NOTE, "备注"),
    (DecisionKind.SNOOZE, "暂缓提醒"),
    (Field.DEADLINE, "完成时限"),
    (Field.STRENGTH, "强度"),
    (Field.RESPONSIBLE, "责任单位"),
    (Field.STATUS, "落实状态"),
    (Field.NOTE, "备注"),
    (Field.ASSIGNED, "交给"),
    (Field.SNOOZED, "暂缓提醒到"),
    (Field.PROMISE, "是否承诺"),
    (Field.TAKEN, "是否采信"),
    (Meaning.ID, "编号（duban 的）"),
    (Meaning.NUMBER, "案号"),
    (Meaning.TERM, "届次"),
    (Meaning.UNIT, "答复单位"),
    (Meaning.PROMISE, "承诺原文"),
    (Meaning.DEADLINE, "完成时限"),
    (Meaning.RESPONSIBLE, "责任单位"),
    (Meaning.STATUS, "落实状态"),
    (Meaning.NOTE, "备注"),
    (Meaning.ASSIGNED, "交给"),
    (Meaning.REASON, "改动理由"),
    (Meaning.SOURCE, "改动依据"),
    (Meaning.SKIP, "不导入"),
    (DecisionKind.UNDO, "撤销"),
    (Lack.NO_DAY, "无时限"),
    (Lack.UNKNOWN_DAY, "时限不明"),
    (Lack.NO_NUMBER, "无数量"),
    (Lack.NO_ACTOR, "无责任单位"),
    (Lack.SOFT, "研究鼓励类"),
    (Lack.CONDITIONAL, "有前提条件"),
    (Scope.READ, "只读"),
    (Scope.WRITE, "读写"),
    (UserRole.NONE, "无权限"),
    (UserRole.VIEWER, "查看"),
    (UserRole.REVIEWER, "办理"),
    (UserRole.ADMIN, "管理员"),
    (UserRole.AUDITOR, "审计"),
    (Certainty.SURE, "明确"),
    (Certainty.PROPOSED, "待人工确认"),
    (Answer.ANSWERED, "已答复"),
    (Answer.DECLINED, "未采纳"),
    (Answer.UNANSWERED, "未回应"),
    (PairKind.ANSWERS, "答复"),
    (PairKind.SECOND, "续复"),
    (PairKind.CO_REPLY, "会办意见"),
    (PairKind.SAME, "同一件"),
    (AlarmCode.NUMBER_LOWERED, "目标数调低：{0}改为{1}"),
    (AlarmCode.DAY_MOVED, "时限推后：{0}改为{1}"),
    (AlarmCode.CANCELLED, "后来的文件取消了：{0}"),
    (AlarmCode.SILENTLY_DROPPED, "后来的计划逐项列出，唯独没有这一项"),
    (AlarmCode.PROMISED_BEFORE, "同一单位{0}已承诺过"),
    (AlarmCode.CLASS_OVER_PROMISES, "答复标为{0}类，正文却只有承诺、没有办成的事"),
    (AlarmCode.CLASS_UNDER_DELIVERY, "答复标为{0}类，后来的文件显示已经办成，可转类"),
    (AlarmCode.SUMS_DIFFER, "数字对不上：{0}与{1}"),
    (AlarmCode.CONDITION_MET, "前提条件“{0}”已经具备"),
    (ScheduleCode.NO_DEADLINE, "未定时限"),
    (ScheduleCode.UNKNOWN_DAY, "时限哪一天不明"),
    (ScheduleCode.AHEAD, "还有 {days} 天"),
    (ScheduleCode.DUE_TODAY, "今天到期"),
    (ScheduleCode.PAST, "时限已过 {days} 天"),
    (ScheduleCode.DONE, "已办结"),
    (ScheduleCode.WAITING, "等待前提条件"),
    (ScheduleCode.AGED, "未定时限，答复后已 {days} 天"),
    (FindingCode.PARTS_EXCEED_TOTAL, "总数写作{said}，其中各部分却有{reckoned}"),
    (FindingCode.PARTS_DIFFER, "总数写作{said}，各部分相加是{reckoned}"),
    (FindingCode.CLASSES_DIFFER, "总数写作{said}，各类相加是{reckoned}"),
    (FindingCode.YEARS_DIFFER, "几年合计写作{said}，各年相加是{reckoned}"),
    (FindingCode.SHARE_DIFFERS, "比例写作{said}，按所列数字算是{reckoned}"),
    (FindingCode.SHARE_TRUNCATED, "比例写作{said}，按所列数字算是{reckoned}，像是截尾而不是四舍五入"),
    (FindingCode.SHARES_EXCEED_WHOLE, "从{said}起，各项占比相加是{reckoned}，超过100%"),
    (FindingCode.CHANGE_DIFFERS, "增减写作{said}，按前后两个数算是{reckoned}"),
    (FindingCode.ITEMS_DIFFER, "写的是“{said}”，下面列了{reckoned}项"),
    (FindingCode.VALUES_DIFFER, "同一指标这里写{said}，另一处写{reckoned}"),
    (FindingCode.DEADLINE_BEFORE_LETTER, "时限“{said}”在成文日期{reckoned}之前"),
    (FindingCode.IMPOSSIBLE_DATE, "没有“{said}”这一天"),
    (FindingCode.RANGE_REVERSED, "区间“{said}”上限小于下限"),
    (Unreadable.MISSING, "找不到这个文件"),
    (Unreadable.EMPTY, "文件是空的"),
    (Unreadable.UNSUPPORTED, "不认识这种文件"),
    (Unreadable.MISLABELLED, "内容和扩展名对不上"),
    (Unreadable.DAMAGED, "文件已损坏或不完整"),
    (Unreadable.ENCRYPTED, "文件加了密码"),
    (Unreadable.SCANNED, "是扫描件，没有文字层，需先做文字识别"),
    (Unreadable.NO_TEXT, "文件里没有文字"),
    (Unreadable.BINARY, "是二进制内容，不是文字"),
    (Unreadable.DOCTYPE, "含有不允许的 DOCTYPE 声明，为安全起见不读"),
    (Unreadable.TOO_LARGE, "文件太大，或解压后太大"),
    (Unreadable.TIMEOUT, "读的时间太长，已停止"),
    (Unreadable.MEMORY, "读时占用内存太多，已停止"),
    (Unreadable.CRASHED, "读时程序异常退出"),
    (Unreadable.UNREACHABLE, "没能取到"),
    (Unreadable.UNSAFE, "为安全起见不收"),
    (RunState.RUNNING, "正在运行"),
    (RunState.FINISHED, "已完成"),
    (RunState.FAILED, "出错停止"),
    (RunState.ABANDONED, "中途断掉"),
    (RunState.STOPPED, "叫停了"),
    (Step.READ, "读入"),
    (Step.COMPARE, "比对"),
    (Step.JUDGE, "核对诉求和提醒"),
    (Outcome.NEW, "新收"),
    (Outcome.UNCHANGED, "没有变化"),
    (Outcome.DUPLICATE, "同一文件的另一份"),
    (Outcome.NEW_VERSION, "内容有变，存为新版"),
    (Outcome.REEXTRACTED, "按新规则重读"),
    (Outcome.FAILED, "没读成"),
    (Phase.FETCH, "取件"),
    (Phase.INGEST, "收件"),
    (Phase.FOLLOW_UP, "比对"),
    (Phase.PUBLISH, "发布"),
    (Fetched.LISTING, "栏目页"),
    (Fetched.ARTICLE, "文章页"),
    (Fetched.ATTACHMENT, "附件"),
    (Fetched.ARCHIVE, "压缩包"),
    (Fetched.MEMBER, "压缩包里的文件"),
    (News.OVERDUE, "新逾期的承诺"),
    (News.CHANGE, "说法变了的承诺"),
    (News.PROPOSAL, "待人工确认的佐证"),
    (News.EVIDENCE, "新查到的佐证"),
    (News.FOUND, "存下的检索有新结果"),
    (News.LISTED, "存下的台账新进的承诺"),
    (News.REPLY, "新收的答复"),
    (News.PROMISE, "新读出的承诺"),
    (News.FAILURE, "没读成的文件"),
    (News.GONE, "网站上撤下的页面"),
    (Delivery.WAITING, "待发送"),
    (Delivery.BEGUN, "正在发送"),
    (Delivery.SENT, "已发送"),
    (Delivery.FAILED, "没发成"),
    (Delivery.UNSURE, "发到一半断了，不知送到没有"),
    (Part.TRAIN, "训练"),
    (Part.DEV, "调试"),
    (Part.HELDOUT, "留出"),
    (Part.ALL, "全部"),
    (Fault.EXTRA, "多"),
    (Fault.MISSED, "漏"),
    (Fault.WRONG, "错"),
    (Health.WELL, "正常"),
    (Health.NOTE, "注意"),
    (Health.BAD, "要处理"),
    (Harm.FILE, "数据库文件损坏"),
    (Harm.SCHEMA, "表的结构不对"),
    (Harm.UNREADABLE, "读不出的值"),
    (Harm.DANGLING, "指向不存在的东西"),
    (Harm.MISNAMED, "内容和编号不符"),
    (Harm.MISQUOTED, "引文和原文不符"),
    (Harm.ALTERED, "记录被改动"),
    (Harm.CURRENT, "现行与否标错"),
    (Harm.VERSIONS, "版本对不上"),
    (Harm.DECISIONS, "人工决定不连贯"),
    (Harm.COUNTER, "编号计数器落后"),
    (Harm.INDEX, "全文索引不一致"),
    (Harm.STANDINGS, "记下的状态不符"),
    (Harm.RUNS, "运行记录没有收尾"),
    (Harm.LOG, "操作日志被动过"),
    (Harm.ORIGINAL_MISSING, "原件缺失"),
    (Harm.ORIGINAL_CHANGED, "原件内容变了"),
    (Harm.MEMBER_MISSING, "备份里缺文件"),
    (Harm.MEMBER_CHANGED, "备份里的文件损坏"),
    (Harm.SINCE_BACKUP, "和上次备份时不同"),
)
PHRASES = {(type(member), member.value): words for member, words in _SAID}
"""By kind and value: members of two kinds may have one value (a run fails, and so does a file), and then are equal."""


FIGURES: dict[str, str] = {
    "commitments": "承诺事项",
    "declined": "未采纳事项",
    "requests": "诉求",
    "quantities": "数字",
    "targets": "目标数",
    "strength": "承诺强度",
    "deadline": "承诺时限",
    "instruments": "要印发的文件",
    "quantity.comparator": "数字的比较",
    "quantity.basis": "数字的口径",
    "quantity.role": "数字的作用",
    "quantity.indicator": "指标名称",
    "quantity.deadline": "目标的时限",
    "identity": "身份各项合计",
    "identity.kind": "文件类别",
    "identity.addressed_to": "人大或政协",
    "identity.number": "案号",
    "identity.congress": "届",
    "identity.session": "次",
    "identity.subject": "标题",
    "identity.proposers": "提出人",
    "identity.lead_unit": "主办单位",
    "identity.co_units": "会办单位",
    "identity.co_reply": "是否会办意见",
    "identity.region": "地区",
    "identity.date": "落款日期",
    "identity.doc_number": "文号",
    "identity.result_class": "办理结果",
    "links": "佐证",
    "link.passage": "佐证的句子",
    "link.relation": "佐证的作用",
    "status": "落实状态",
    "coverage": "诉求覆盖",
    "progress": "目标进展",
}
"""What is measured against annotated documents: first what is found, then what is read of it."""

_WORTH_DETAIL = frozenset(
    {
        Unreadable.UNSUPPORTED,
        Unreadable.MISLABELLED,
        Unreadable.DAMAGED,
        Unreadable.BINARY,
        Unreadable.TOO_LARGE,
        Unreadable.CRASHED,
        Unreadable.UNREACHABLE,
        Unreadable.UNSAFE,
    }
)
"""Reasons of which the details tell a person more than the reason alone; of what is damaged not a library's English."""


def phrase(code: Enum | None) -> str:
    """What an enum value is called; nothing where the text doesn't say.

    >>> phrase(Strength.AIM), phrase(None)
    ('力争', '')
    """
    return PHRASES[type(code), code.value] if code is not None else ""


def schedule_phrase(schedule: Schedule) -> str:
    """Where a promise stands against its day.

    >>> schedule_phrase(Schedule(ScheduleCode.PAST, 12))
    '时限已过 12 天'
    """
    return phrase(schedule.code).format(days=schedule.days)


def alarm_phrase(code: AlarmCode, values: Sequence[str]) -> str:
    """What an officer must hear of, with the words or numbers it is about.

    >>> alarm_phrase(AlarmCode.NUMBER_LOWERED, ("60座", "45座"))
    '目标数调低：60座改为45座'
    """
    return phrase(code).format(*values, *[""] * 3)


def finding_phrase(finding: Finding) -> str:
    """What doesn't agree, with both numbers.

    >>> finding_phrase(Finding(FindingCode.CLASSES_DIFFER, (), "12件", "13件"))
    '总数写作12件，各类相加是13件'
    """
    return phrase(finding.code).format(said=finding.said, reckoned=finding.reckoned)


def unreadable_phrase(error: UnreadableDocument) -> str:
    """Why a file gave no text: file, reason, and what was found.

    >>> unreadable_phrase(UnreadableDocument("a.docx", Unreadable.EMPTY))
    'a.docx：文件是空的'
    """
    return f"{error.file}：{reason_phrase(error.reason, error.detail)}"


def reason_phrase(reason: Unreadable, detail: str = "") -> str:
    """A reason, with what was found where that helps.

    >>> reason_phrase(Unreadable.ENCRYPTED, "Incorrect password error")
    '文件加了密码'
    >>> reason_phrase(Unreadable.DAMAGED, "Failed to load document"), reason_phrase(Unreadable.DAMAGED, "缺第 3 页")
    ('文件已损坏或不完整', '文件已损坏或不完整（缺第 3 页）')
    """
    foreign = reason is Unreadable.DAMAGED and detail.isascii()
    return phrase(reason) + (f"（{detail}）" if detail and reason in _WORTH_DETAIL and not foreign else "")
