"""运行: what came in, what failed."""

from __future__ import annotations

from fastapi.responses import Response

from models.history import list_runs
from outputs.exchange import run_record
from outputs.web.guard import pages
from outputs.web.visit import Asking

router = pages()


@router.get("/runs")
def runs(visit: Asking) -> Response:
    """The latest runs."""
    found = list_runs(visit.store, limit=50)
    return visit.show("runs.html", {"runs": [run_record(run) for run in found]}, runs=found)
