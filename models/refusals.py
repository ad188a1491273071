"""What a database says when it can't: by its code, in plain Chinese, with its own words after it."""

from __future__ import annotations

_SQLITE = {  # the beginnings of SQLite's result codes, the narrower first
    "SQLITE_BUSY": "正被别的程序占用，等了一会儿没有等到",
    "SQLITE_LOCKED": "正被别的程序占用，等了一会儿没有等到",
    "SQLITE_FULL": "磁盘满了；已存好的都在，腾出空间再来",
    "SQLITE_IOERR": "磁盘读写出错；先看磁盘是否满了、坏了",
    "SQLITE_CORRUPT": "数据库文件损坏；停止使用，从备份恢复（duban restore）",
    "SQLITE_NOTADB": "这个文件不是数据库，或者开头已经损坏",
    "SQLITE_CANTOPEN": "打不开数据库文件；看文件夹是否存在、有没有权限",
    "SQLITE_READONLY": "数据库文件只能读；看文件和文件夹的写权限",
    "SQLITE_PERM": "没有权限",
    "SQLITE_NOMEM": "内存不够",
}
_POSTGRESQL = {  # SQLSTATE, whole or its class
    "28": "用户名或密码不对，或者服务器不许这台机器连接",
    "3D000": "服务器上没有这个数据库",
    "53100": "服务器的磁盘满了；已存好的都在",
    "53300": "服务器的连接数满了",
    "53": "服务器的资源不够",
    "57P01": "服务器正在停止",
    "57P03": "服务器正在启动，过一会儿再试",
    "57": "被服务器或管理员中断",
    "40": "和别的程序同时写，这次没有写成；再试一次",
    "55P03": "正被别的程序占用",
    "58": "服务器的磁盘读写出错",
    "XX": "服务器上的数据可能损坏；请管理员看服务器的日志",
}
_WORDS = {  # a connection that is refused comes without its code
    "does not exist": "服务器上没有这个数据库或用户",
    "authentication failed": "用户名或密码不对，或者服务器不许这台机器连接",
    "no pg_hba.conf entry": "用户名或密码不对，或者服务器不许这台机器连接",
    "too many clients": "服务器的连接数满了",
    "starting up": "服务器正在启动，过一会儿再试",
    "shutting down": "服务器正在停止",
}


def told(error: BaseException | None) -> str:
    """Why the database can't be used: what it means, and in brackets the database's own words.

    >>> import sqlite3
    >>> told(sqlite3.OperationalError("whatever"))
    '数据库用不了（whatever）'
    """
    words = " ".join(str(error).split())
    return f"{_meaning(error)}（{words}）" if words else _meaning(error)


def _meaning(error: BaseException | None) -> str:
    name = str(getattr(error, "sqlite_errorname", None) or "")
    for code, meaning in _SQLITE.items():
        if name.startswith(code):
            return meaning
    state = str(getattr(error, "sqlstate", None) or "")
    for code, meaning in _POSTGRESQL.items():
        if state.startswith(code):
            return meaning
    words = str(error)
    for said, meaning in _WORDS.items():
        if said in words:
            return meaning
    if not state and type(error).__module__.startswith("psycopg"):
        return "连不上数据库服务器，或者连接断了；看地址、端口和服务器是否在运行"
    return "数据库用不了"
