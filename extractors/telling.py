"""What tells rather than promises: the words of a law, what papers ask for, what an office keeps doing."""

from __future__ import annotations

import re

# 根据《…法》第九条规定,…: the law's own words of duty (须, 应当) are nobody's promise; 各镇要… is the office's.
LAW_TOLD = re.compile(
    r"(?:按照?|根据|依据|依照)?[^,]*》[^,]{0,24}(?:规定|明确)(?=[,:])|(?:按照?|根据)(?:国家|现行|上级|[省市]里?)[^,《]{0,8}(?:规定|政策)(?=,)"
)
OUGHT = re.compile("须|应当|不得|方可|(?<![适响反相对供感效])应(?![对急用])")
# 印发《规划》, 力争今年达95%: among papers issued one thing is still striven for; what follows tells on.
ISSUED = re.compile("(?:印发|出台|发布|下发)《")
# 二是地方配套能力弱; 三是群众自筹困难。
LACKS = re.compile(
    "(?:能力|水平|力度|基础|意识|条件|效益)[^,]{0,4}(?:弱|低|差|不足|不高|不强|有限)|困难[。;]?$|(?:短缺|不足|滞后|偏低|突出|缺乏)[。;]?$"
)
# 各地要将…纳入…, behind what a ministry tells: what its papers ask of the provinces
LOCAL_OUGHT = re.compile("(?:要求|指导)?(?:各地|各省|各级|地方|省级|各有关)")
LAW_SAYS = re.compile("》[^,，]{0,12}(?:规定|明确|要求)[:：]$")  # 根据《…办法》第四条规定：
# 每周发布一次价格指数: such a duty isn't told of the past, also behind facts.
# 我局深入推进生态栽培。一是实现50种替代: what somebody keeps doing is told, and so is the list behind it.
WORKS_ON = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}(?:是|、)|\([一二三四五六七八九十]\))?(?:为此|对此)?,?(?:我[局部委厅办署院省市县区州]|我们|[一-鿿]{2,8}(?:部|委|局|厅|署))"
    r"(?:和[^,]{2,12}|会同[^,]{2,20}|与[^,]{2,16}|联合[^,]{2,20})?(?:一直|始终|高度|历来|十分|持续|不断|深入|积极|大力|认真|坚持|着力|扎实|切实|稳步|坚决)"
    r"(?![^,]{0,12}(?:将|拟|争取))"
)
# 中央财政安排资金支持各地改造。同时,允许地方发行债券: what a ministry does is told, and what goes on from it.
OFFICE_DOES = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}(?:是|、)|\([一二三四五六七八九十]\))?(?:同时|此外|另外)?,?(?:20\d\d年,)?"
    r"(?:我[部委厅局署]|[一-鿿]{2,10}(?:部|委|厅|局|署|委员会)|(?:中央|省级?)财政)(?:、[^,]{2,24})?(?:会同[^,]{2,24}|联合[^,]{2,20}|牵头)?(?:每年|先后|共)?"
    r"(?:安排|支持|指导|组织|实施|印发|制定|督促|推动|开展|出台|设立|建立|通过|要求|投入)(?!.*(?:将|拟|今后|下一?步|力争|年底前))"
)
