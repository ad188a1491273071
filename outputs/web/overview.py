"""概览: what is in the register, how its promises stand, what came in last."""

from __future__ import annotations

from fastapi.responses import Response

from models.evidence import Status
from models.history import list_runs
from models.history import overview as figures
from outputs.exchange import run_record
from outputs.summary import tally
from outputs.web.guard import pages
from outputs.web.visit import Asking

router = pages()


@router.get("/")
def overview(visit: Asking) -> Response:
    """The front page."""
    found = figures(visit.store)
    counted = tally(visit.actions.standings(visit.as_of))
    runs = list_runs(visit.store, limit=5)
    record = {
        "as_of": visit.as_of.isoformat(),
        "documents": {kind.value: number for kind, number in found.documents.items()},
        "commitments": counted.tracked + counted.registered,
        "statuses": {status.value: counted.of(status) for status in Status},
        "registered": counted.registered,
        "targets": found.targets,
        "failures": found.failures,
        "runs": [run_record(run) for run in runs],
    }
    return visit.show("overview.html", record, found=found, counted=counted, runs=runs, statuses=list(Status))
