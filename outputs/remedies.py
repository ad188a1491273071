"""What can be done about a file that couldn't be read, in a sentence for whoever sends or keeps it."""

from __future__ import annotations

from models.errors import Unreadable

REMEDIES = {
    Unreadable.MISSING: "文件挪走或改了名。放回原处，或把新的位置再收一次。",
    Unreadable.EMPTY: "请发文件的单位重发一份。",
    Unreadable.UNSUPPORTED: "另存为 docx、有文字层的 pdf、txt 或网页再收。rtf、很旧的 doc 在 WPS、Word 里另存。",
    Unreadable.MISLABELLED: "扩展名和内容不是一回事。用能打开它的程序打开，另存为它真正的格式。",
    Unreadable.DAMAGED: "请重新下载或请发文件的单位重发；能打开的话另存一份再收。",
    Unreadable.ENCRYPTED: "去掉密码另存一份再收。",
    Unreadable.SCANNED: "先做文字识别（OCR），存成有文字层的 pdf 或 docx 再收。",
    Unreadable.NO_TEXT: "里面只有图或是空白。要的话先做文字识别再收。",
    Unreadable.BINARY: "不是文字文件。确认有没有发错。",
    Unreadable.DOCTYPE: "正常的办公软件不会写出这样的文件。问清来路，在 WPS 或 Word 里打开另存一份再收。",
    Unreadable.TOO_LARGE: "拆成几份，或去掉里面的大图再收。",
    Unreadable.TIMEOUT: "机器忙时会这样，夜间会自动再读；总是这样，把文件另存一份或拆开。",
    Unreadable.MEMORY: "夜间会自动再读；总是这样，拆成几份，或请管理员把 read_memory_mb 调大。",
    Unreadable.CRASHED: "夜间会自动再读；总是这样，另存一份再收，并把原件交给维护的人。",
    Unreadable.UNREACHABLE: "网站或共享盘当时连不上，夜间会自动再取；总是这样，检查网络和地址。",
    Unreadable.UNSAFE: "压缩包里的名字或路径不安全，没有收。解开检查以后，只放要收的文件。",
}
"""By the reason."""
