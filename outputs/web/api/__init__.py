"""The same data for programs, under /api: described by OpenAPI (/api/openapi.json), opened by a bearer token.

    questions.py, bodies.py    what addresses and bodies may say: anything else is refused, a misspelt filter above all
    values.py        the kinds of values in both
    records.py       what records are made of; pages' own JSON has the same keys
    promises.py, documents.py, returned.py, journal.py, found.py, appraised.py      records by what they tell of
    managed.py       batches, exports, accounts, the log
    answers.py       whole answers: lists with their totals and the address of their next page; problems (RFC 9457)
    lists.py, single.py, deciding.py, together.py, returning.py, intake.py, checking.py, searches.py, lists_kept.py,
    managing.py, describing.py    the routes

Plain /api, without a version in the address: one office runs one server, and whoever asks it runs beside it. Keys and
parameters are only ever added, and a change of meaning gets a name of its own; `info.version` counts the additions.
A list's next page is the address in its `next`: how pages are cut may change without anybody noticing.
"""

from __future__ import annotations

from outputs.web.api import (
    checking,
    deciding,
    describing,
    intake,
    lists,
    lists_kept,
    managing,
    returning,
    searches,
    single,
    together,
)

ROUTERS = (
    describing.router,
    lists.promises,
    lists.files,
    lists.figures,
    lists.journal,
    single.promises,
    single.files,
    single.journal,
    checking.router,
    deciding.router,
    returning.router,
    returning.known,
    intake.router,
    intake.known,
    searches.router,
    searches.kept,
    searches.known,
    searches.changes,
    lists_kept.router,
    lists_kept.known,
    together.router,
    together.known,
    managing.exports,
    managing.files,
    managing.failed,
    managing.users,
    managing.changes,
)
