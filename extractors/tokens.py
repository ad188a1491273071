"""Chinese words, by a tokenizer of our own: the process-wide dictionary of jieba stays as others left it.

The tokenizer learns the words of `lexicon/userdict.yaml`. Rules don't need it (they are patterns over characters);
spaCy, the search index and learned classifiers do.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.lexicon import words_of

if TYPE_CHECKING:
    from jieba import Tokenizer

_FREQUENCY = 20_000  # high enough that 发展改革委 is kept whole whatever follows it


def cut(text: str, cache: Path | None = None) -> list[str]:
    """The words of a text, in order; joined they give the text back, white space included.

    >>> cut("县发展改革委要完成批复")
    ['县', '发展改革委', '要', '完成', '批复']
    """
    return list(tokenizer(cache).cut(text))


@lru_cache(maxsize=4)
def tokenizer(cache: Path | None = None) -> Tokenizer:
    """The tokenizer with our words. `cache`: a folder of this program alone, where the built dictionary (5 MB) is kept.

    Without it the dictionary is built anew (about a second) and nothing is written: jieba's own default is one file in
    the shared temporary folder, which everybody on the machine could change under us.
    """
    import jieba

    jieba.setLogLevel(logging.WARNING)
    own = jieba.Tokenizer()
    if cache is None:
        own.FREQ, own.total = own.gen_pfdict(own.get_dict_file())
        own.initialized = True
    else:
        cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        own.tmp_dir = str(cache)
        own.initialize()
    for word in words_of("userdict"):
        own.add_word(word, _FREQUENCY)
    return own
