"""The pages put together: `create_app(store, actions, settings)`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import Response
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles

from models.engine import AT_ONCE
from models.store import Store
from outputs.web import (
    api,
    batches,
    checking,
    commitment,
    deciding,
    documents,
    entrance,
    exporting,
    foreign,
    importing,
    inspection,
    intake,
    items,
    kept_lists,
    ledger,
    letters,
    merging,
    mornings,
    overview,
    people,
    problems,
    returning,
    review,
    runs,
    searches,
    searching,
    targets,
    units,
    unmatched,
)
from outputs.web.actions import Actions
from outputs.web.envelope import Envelope
from outputs.web.layout import STATIC, templates
from outputs.web.pace import Pace
from outputs.web.settings import WebSettings
from outputs.web.visit import Office

PAGES: tuple[APIRouter, ...] = (
    entrance.router,
    overview.router,
    units.router,
    targets.router,
    runs.router,
    intake.router,
    exporting.router,
    ledger.router,
    kept_lists.router,
    letters.router,
    mornings.router,
    batches.router,
    checking.router,
    returning.router,
    importing.router,
    foreign.router,
    unmatched.router,
    commitment.router,
    merging.router,
    deciding.router,
    documents.router,
    items.router,
    review.router,
    searching.router,
    searches.router,
    people.router,
    inspection.router,
    *api.ROUTERS,
)
"""Every page is on one of these."""


def create_app(store: Store, actions: Actions, settings: WebSettings) -> FastAPI:
    """The office's pages. ConfigurationError (on import) where a page has no line in access.yaml."""
    app = FastAPI(
        title="duban",
        version=settings.version,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_few_at_once,
        middleware=_middleware(settings),
    )
    app.state.office = Office(store, actions, settings, templates(settings.zone), Pace(settings.asked_per_minute))
    app.mount("/static", StaticFiles(directory=STATIC))
    problems.install(app)
    for router in PAGES:
        app.include_router(router)
    app.state.pages = [route for router in PAGES for route in router.routes]
    app.state.interface = [route for router in api.ROUTERS for route in router.routes]
    return app


@asynccontextmanager
async def _few_at_once(_app: FastAPI) -> AsyncIterator[None]:
    """More threads than the database has connections for would only wait, and take memory; requests wait as well."""
    to_thread.current_default_thread_limiter().total_tokens = AT_ONCE
    yield


def _middleware(settings: WebSettings) -> list[Middleware]:
    outermost = Middleware(Envelope, https=settings.https, unforeseen=problems.unforeseen, refuse=_refuse)
    if not settings.hosts:
        return [outermost]
    return [outermost, Middleware(TrustedHostMiddleware, allowed_hosts=list(settings.hosts), www_redirect=False)]


def _refuse(request: Request, status: int) -> Response:
    return problems.problem(request, status)
