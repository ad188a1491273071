"""The same for programs, under /api: documented by OpenAPI, opened by a token or a login."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.openapi.utils import get_openapi

from models.history import overview as figures
from outputs.web.guard import pages
from outputs.web.visit import Asking

router = pages()


@router.get("/api/openapi.json", include_in_schema=False)
def openapi(request: Request) -> dict[str, Any]:
    """What the interface offers."""
    app = request.app
    routes = [one for one in router.routes if getattr(one, "include_in_schema", False)]
    return get_openapi(title="duban", version=app.version, routes=routes)


@router.get("/api/overview")
def overview(visit: Asking) -> dict[str, int]:
    """How much is in the register."""
    found = figures(visit.store)
    return {
        "documents": sum(found.documents.values()),
        "commitments": found.counts.commitments,
        "targets": found.targets,
        "failures": found.failures,
    }
