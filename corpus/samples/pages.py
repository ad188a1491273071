"""Samples as saved government pages and as plain text."""

from __future__ import annotations

import textwrap
from datetime import date
from html import escape
from pathlib import Path

from corpus.samples.letters import Line, Setting, blocks

INDENT = "　　"


def write_html(
    lines: tuple[Line, ...], path: Path, page: str = "portal", encoding: str = "utf-8", published: date | None = None
) -> None:
    """A saved page: `portal` is a tidy site with navigation, `soup` one of nested divs and line breaks."""
    title = next(line.text for line in lines if "关于" in line.text or line is lines[-1] or len(line.text) > 14)
    body = _soup(lines) if page == "soup" else _portal(lines)
    site = "锦川市融媒体中心" if page == "soup" else "锦川市人民政府"
    meta = f'<meta name="PubDate" content="{published.isoformat()} 09:30">\n' if published else ""
    text = (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="{encoding}">\n'
        f"<title>{escape(title)}_{site}</title>\n"
        f'<meta name="SiteName" content="{site}">\n<meta name="ArticleTitle" content="{escape(title)}">\n{meta}'
        "<style>.nav{height:36px}.article{width:860px;margin:0 auto}</style>\n"
        '<script>var _site={id:"3600",t:1};function zoom(n){document.body.style.fontSize=n+"px"}</script>\n'
        f"</head>\n<body>\n{_NAVIGATION}\n{body}\n{_FOOT}\n</body>\n</html>\n"
    )
    path.write_bytes(text.encode("gb18030" if encoding == "gb2312" else encoding))


def write_txt(
    lines: tuple[Line, ...], path: Path, encoding: str = "utf-8", wrap: int | None = None, crlf: bool = False
) -> None:
    """Plain text with the indents of an office letter; `wrap` breaks paragraphs after so many characters."""
    printed = [piece for line in lines for piece in _wrapped(_set(line), wrap)]
    text = ("\r\n" if crlf else "\n").join([*printed, ""])
    path.write_bytes(text.encode(encoding))


def _set(line: Line) -> str:
    if line.setting is Setting.CENTRED:
        return " " * max(0, 36 - len(line.text)) + line.text
    if line.setting is Setting.RIGHT:
        return "　" * 16 + line.text
    return (INDENT if line.setting is Setting.BODY else "") + line.text


def _wrapped(text: str, width: int | None) -> list[str]:
    return textwrap.wrap(text, width, drop_whitespace=False) if width and not text.startswith(" ") else [text]


def _portal(lines: tuple[Line, ...]) -> str:
    parts = []
    for block in blocks(lines):
        line = block[0]
        if line.setting is Setting.ROW:
            rows = "".join(
                "<tr>" + "".join(f"<td><p>{escape(cell)}</p></td>" for cell in row.cells) + "</tr>\n" for row in block
            )
            parts.append(f'<table border="1" cellspacing="0"><tbody>\n{rows}</tbody></table>')
        else:
            style = {Setting.CENTRED: "text-align:center", Setting.RIGHT: "text-align:right"}.get(line.setting, "")
            indent = INDENT if line.setting is Setting.BODY else ""
            parts.append(f'<p style="{style}">{indent}{escape(line.text)}</p>')
    return '<div class="article"><div id="zoom" class="TRS_Editor">\n' + "\n".join(parts) + "\n</div></div>"


def _soup(lines: tuple[Line, ...]) -> str:
    parts = []
    for line in lines:
        pad = "&nbsp;" * 4 if line.setting is Setting.BODY else ""
        half = len(line.text) // 2
        text = f"<span>{escape(line.text[:half])}</span><font color='#000'>{escape(line.text[half:])}</font>"
        parts.append(
            f"<div><div>{pad}{text}</div></div>" if line.setting is Setting.CENTRED else f"{pad}{text}<br/><br>"
        )
    return '<div><div class="con"><div><div>\n' + "\n".join(parts) + "\n</div></div></div></div>"


_NAVIGATION = """<div class="top"><a href="/">无障碍阅读</a> | <a href="/wap">手机版</a></div>
<div class="nav"><ul><li><a href="/">首页</a></li>
<li><a href="/xxgk">政府信息公开</a></li><li><a href="/hdjl">互动交流</a></li>
<li><a href="/zwfw">政务服务</a></li></ul></div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt;
<a href="/xxgk">政府信息公开</a> &gt; <a href="/jyta">建议提案办理</a></div>"""
_FOOT = """<div class="share"><a href="javascript:print()">打印本页</a> <a href="javascript:close()">关闭窗口</a></div>
<div class="related"><h4>相关阅读</h4>
<ul><li><a href="/a1.html">政府常务会议简讯</a></li><li><a href="/a2.html">便民服务指南</a></li></ul></div>
<div class="footer"><p>主办：锦川市人民政府办公室　网站标识码：3600000000</p><p>版权所有　未经许可不得转载</p></div>"""
