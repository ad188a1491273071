"""Nearness in meaning, learned from the office's own texts: latent semantics of characters that occur together.

A text is its runs of one to three Han characters or Latin letters (numbers say nothing of a matter), weighed by rarity
and brought into few dimensions by a singular value decomposition (Deerwester et al. 1990). Words that stand in the same
letters come near each other: 滴灌 and 水肥, 棚 and 温室.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

FEWEST = 60  # texts; fewer teach nothing
MOST = 12_000  # texts that are learned from: more take longer and hardly add
DIMENSIONS = 100
_TEXTS = 3  # for each dimension: with as many dimensions as texts nothing would come near anything else
_LONGEST_RUN = 3
_GRAMS = 40_000


@dataclass(frozen=True, slots=True)
class Space:
    """What was learned: the runs of characters (`grams`), the rarity of each, and its place in each dimension."""

    grams: Sequence[str]
    rarity: np.ndarray[Any, Any]  # one number a gram
    places: np.ndarray[Any, Any]  # grams x dimensions

    def nearness(self) -> Callable[[str], Callable[[Sequence[str]], list[float]] | None]:
        """How near texts are to a query, 0 to 1; None for a query of which nothing is known."""
        import numpy as np

        index = {gram: place for place, gram in enumerate(self.grams)}

        def place_of(text: str) -> np.ndarray[Any, Any] | None:
            counted = Counter(index[gram] for gram in grams_of(text) if gram in index)
            if not counted:
                return None
            known = list(counted)
            weights = np.array([1 + log(counted[one]) for one in known]) * self.rarity[known]
            found = weights @ self.places[known]
            length = float(np.linalg.norm(found))
            return found / length if length else None

        def asked(query: str) -> Callable[[Sequence[str]], list[float]] | None:
            here = place_of(query)
            return None if here is None else lambda texts: [_cosine(here, place_of(text)) for text in texts]

        return asked


def grams_of(text: str) -> list[str]:
    """The runs of one to three characters of a text, digits and marks left out.

    >>> grams_of("滴灌5处")
    ['滴', '灌', '处', '滴灌']
    """
    runs = "".join(one if one.isalpha() else " " for one in text.lower()).split()
    return [run[at : at + n] for n in range(1, _LONGEST_RUN + 1) for run in runs for at in range(len(run) - n + 1)]


def learn(texts: Iterable[str], dimensions: int = DIMENSIONS) -> Space | None:
    """What these texts teach; None when they are too few. The same texts teach the same."""
    import numpy as np
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer

    known = list(texts)
    if len(known) < FEWEST:
        return None
    weigh = TfidfVectorizer(analyzer=grams_of, min_df=2, sublinear_tf=True, max_features=_GRAMS)
    try:
        weighed = weigh.fit_transform(known)
    except ValueError:  # no run of characters stands in two texts
        return None
    sides = (side - 1 for side in weighed.shape)
    reduce = TruncatedSVD(n_components=max(1, min(dimensions, len(known) // _TEXTS, *sides)), random_state=0)
    reduce.fit(weighed)
    return Space(
        tuple(str(gram) for gram in weigh.get_feature_names_out()),
        weigh.idf_.astype(np.float32),
        reduce.components_.T.astype(np.float32),
    )


def _cosine(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any] | None) -> float:
    return 0.0 if other is None else min(1.0, max(0.0, float(one @ other)))
