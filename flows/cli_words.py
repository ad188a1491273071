"""Help and usage errors of the command line in Chinese, where Typer itself speaks English."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

_PANELS = {"ARGUMENTS_PANEL_TITLE": "参数", "OPTIONS_PANEL_TITLE": "选项", "COMMANDS_PANEL_TITLE": "命令"}
_STRINGS = {"DEFAULT_STRING": "[默认：{}]", "REQUIRED_LONG_STRING": "[必填]"}


class ChineseCommand(TyperCommand):
    """A command whose help is in Chinese throughout."""

    def get_help_option(self, ctx: Any) -> Any:
        """--help, explained in Chinese."""
        return _in_chinese(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The help page."""
        _title_panels()
        super().format_help(ctx, formatter)


class ChineseGroup(TyperGroup):
    """The commands together, with their help in Chinese."""

    def get_help_option(self, ctx: Any) -> Any:
        """--help, explained in Chinese."""
        return _in_chinese(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The help page."""
        _title_panels()
        super().format_help(ctx, formatter)


def usage_phrase(error: TyperException) -> str:
    """What was wrong with the way a command was called, and where to read how it is called."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "duban"
    return f"用法不对：{_told(error)}。看用法：{path} --help"


def _told(error: TyperException) -> str:
    """The error by its kind; what has no Chinese yet is given as Typer says it."""
    name = type(error).__name__
    option = getattr(error, "option_name", "")
    param = getattr(error, "param", None)
    hint = param.get_error_hint().strip("'") if param is not None else ""
    if name == "MissingParameter":
        return f"缺少 {hint}"
    if name == "NoSuchOption":
        return f"没有选项 {option}"
    if name == "BadOptionUsage":
        return f"选项 {option} 后面要跟一个值" if "requires an argument" in error.message else f"选项 {option} 用错了"
    if name == "BadParameter":
        return f"{hint} 的值不对（{error.message}）" if hint else error.message
    if "No such command" in error.message:
        return f"没有命令 {error.message.split()[-1].strip(chr(39) + '.')}"
    return error.format_message()


def _in_chinese(option: Any) -> Any:
    if option is not None:
        option.help = "显示这段说明后退出。"
    return option


def _title_panels() -> None:
    from typer import rich_utils

    for name, words in (_PANELS | _STRINGS).items():
        setattr(rich_utils, name, words)
