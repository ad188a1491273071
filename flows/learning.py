"""Learning what texts mean, in a process of its own: what that takes, some 250 MB, is given back when it ends.

python -P -m flows.learning      sentences as JSON on the standard input -> plain arrays (npz); nothing, where they
                                 are too few
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from io import BytesIO


def learned_from(texts: Sequence[str]) -> bytes | None:
    """What these sentences teach, as it is kept; None where they are too few. OSError: it couldn't be learned.

    Whoever is ended meanwhile leaves a process that ends by itself within seconds.
    """
    asked = json.dumps(texts).encode()
    done = subprocess.run([sys.executable, "-P", "-m", __name__], input=asked, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise OSError(f"learning ended with {done.returncode}")
    return done.stdout or None


def _learn(asked: bytes) -> bytes:
    import numpy as np

    from extractors.meaning.semantics import learn

    space = learn(json.loads(asked))
    if space is None:
        return b""
    buffer = BytesIO()
    np.savez(buffer, grams=np.array(space.grams), rarity=space.rarity, places=space.places.astype(np.float16))
    return buffer.getvalue()


if __name__ == "__main__":
    sys.stdout.buffer.write(_learn(sys.stdin.buffer.read()))
