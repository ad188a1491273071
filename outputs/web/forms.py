"""What protects forms and cookies: everything hangs on the secret that only this browser holds."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json


def form_token(secret: str) -> str:
    """What every form of this browser carries. Another site can't know it: it follows from the cookie alone."""
    return hmac.new(secret.encode(), b"form", hashlib.sha256).hexdigest()


def is_form_token(secret: str | None, given: object) -> bool:
    """Whether a form came from our own page in this browser."""
    return bool(secret) and isinstance(given, str) and _same(form_token(secret or ""), given)


def sealed(secret: str, said: list[str]) -> str:
    """Words that travel through the browser to the next page, and can't be made up on the way."""
    body = base64.urlsafe_b64encode(json.dumps(said).encode()).decode()
    return f"{body}.{_seal(secret, body)}"


def unsealed(secret: str | None, given: str | None) -> list[str]:
    """The words again; nothing where they aren't ours."""
    body, mark, seal = (given or "").partition(".")
    if not mark or not secret or not _same(_seal(secret, body), seal):
        return []
    try:
        said = json.loads(base64.urlsafe_b64decode(body))
    except ValueError:
        return []
    return [str(one) for one in said] if isinstance(said, list) else []


def _seal(secret: str, body: str) -> str:
    return hmac.new(secret.encode(), b"said:" + body.encode(), hashlib.sha256).hexdigest()


def _same(one: str, other: str) -> bool:
    """Compared in the same time wherever they differ."""
    return hmac.compare_digest(one.encode(), other.encode("utf-8", "replace"))
