"""The index of lists has all that they are narrowed to, so that counting and choosing read no rows; documents, too."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"

_FIRST = "listed, written DESC, document_id, position"
_MORE = (
    "wording, strength, said, assigned_to, ends, due, dated, numbered, acted, conditional, shown, advanced, fulfilled,"
    " gone, back, tangled, proposed, alarmed, waits"
)
_SQLITE = f"CREATE INDEX list_written ON standings ({_FIRST}, {_MORE})"
_POSTGRESQL = f"CREATE INDEX list_written ON standings ({_FIRST}) INCLUDE ({_MORE})"


def upgrade() -> None:
    """Makes the indexes anew."""
    op.execute("DROP INDEX list_written")
    op.execute(_SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL)
    op.execute("CREATE INDEX list_dated ON documents (current, date DESC, name, id)")


def downgrade() -> None:
    """There is no way back: a newer database is refused by older programs."""
    raise NotImplementedError
