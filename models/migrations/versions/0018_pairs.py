"""PostgreSQL looks words up by pairs of neighbouring tokens, which few sentences have, as SQLite does."""

from __future__ import annotations

from alembic import op

revision = "0018"
down_revision = "0017"

_PAIRS = """
    SELECT {mark}a || ' ' || b AS pair
    FROM (SELECT string_to_array({row}, ' ') AS x) AS split, LATERAL unnest(x[1:cardinality(x) - 1], x[2:]) AS u(a, b)
"""
_POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION search_index_pairs(tokens text, context text) RETURNS text[]
        LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000 AS $$
        SELECT coalesce(array_agg(pair), '{{}}') FROM (
        {_PAIRS.format(mark="", row="tokens")} UNION ALL {_PAIRS.format(mark="'^' || ", row="context")}
        ) AS pairs $$""",
    "CREATE INDEX search_index_of_pairs ON search_entries USING gin (search_index_pairs(tokens, context))",
    "ANALYZE search_entries",
)


def upgrade() -> None:
    """Makes the index: of a million commitments it takes some minutes."""
    if op.get_bind().dialect.name == "postgresql":
        for statement in _POSTGRESQL:
            op.execute(statement)


def downgrade() -> None:
    """There is no way back: a newer database is refused by older programs."""
    raise NotImplementedError
