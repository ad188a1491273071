"""The office's pages: server-rendered, in Chinese, without a script that anything depends on.

    app = create_app(store, actions, settings)      outputs/web/app.py; `duban serve` runs it

How a page is made
    1. A module of its own in this folder: `router = pages()`, then functions that take a `visit: Asking` and give back
       what `visit.show(…)`, `visit.go(…)` or `visit.file(…)` make. Plain `def`: they run in threads, as the store does.

           router = pages()

           @router.get("/runs")
           def runs(visit: Asking) -> Response:
               found = list_runs(visit.store)
               return visit.show("runs.html", {"runs": [run_record(run) for run in found]}, runs=found)

       `show(template, record, **values)`: the record is the page as JSON (`/runs.json` or `?format=json`, and `/api/…`
       where a router gives the same record); values are what the template needs besides. Give both the same figures.
    2. Its module in `PAGES` of `app.py`.
    3. Its line in `access.yaml`. Without one the program doesn't start, and `tests/outputs/web` names the page.
    4. Its template in `templates/`: `{% extends "_page.html" %}`, blocks `title`, `crumbs`, `day` (empty where no
       day matters), `body`; macros for tags, empty lists, page links, forms in `_parts.html`. Status words come from
       `outputs/phrases.py` through `|phrase`.

Reading and writing
    - Read through `models/queries`, `followed`, `history`, and through `visit.actions` what flows put together (the
      ledger as of a day, what waits, search). Change through `models/decisions` and `visit.actions` only.
    - A form is a POST with `{{ hidden() }}` in it (`_parts.html`: the CSRF token and the way back), an audit name in
      `access.yaml` (in Chinese: `layout.ACTIONS`), and ends in `visit.go(address, "said")`, never in a page.
      `visit.note(object, before, after)` tells the audit log what it was about; never a secret.
    - `WrongDecision`, `WrongAccount`: raise them, the person gets their words on a page with the way back (422);
      `ConflictingReview` likewise (409) with what they had entered. `visit.gone("…")` raises 404 in Chinese.
    - No clock here: `visit.now`, `visit.today`, `visit.as_of` (from `?asof=`).

Addresses
    - `visit.link("/ledger", unit="…")` (in templates `link`): an address inside; the day (`asof`) goes along.
    - `visit.here(page=2, sort=None)` (in templates `here`): this page with some parameters other; all filters stay.
    - A link from a list to a record carries the list: `link("/commitments/" ~ id, back=here(page=n) ~ "#" ~ id)`; the
      record's page leads back with `visit.back`. Only addresses inside are taken.
    - `paged(visit, total)` (paging.py) gives offset and size, and `pagination(pages)` shows it.

Looks
    One stylesheet, `static/duban.css`, no inline style (the Content-Security-Policy forbids it), figures as images of
    their own address (`visit.svg(…)`). Status is words and colour (`{{ tag(status) }}`). Wide tables stand in
    `<div class="wide">` and scroll by themselves; pages must read well at 390 pixels and in print. Every number leads
    to its sentence. Keep to the classes that the stylesheet lists at its top before making new ones.
"""
