"""What a search finds, and the searches and lists that people keep."""

from __future__ import annotations

from pydantic import Field

from models.evidence import Status
from models.search import SearchKind
from models.terms import Match
from outputs.web.api.records import Moment, Record


class Hit(Record, title="检索到的一条"):
    """One hit."""

    id: str
    kind: SearchKind
    document: str = Field(description="文件名")
    document_id: str
    text: str
    start: int
    end: int
    status: Status | None
    score: float
    match: Match
    snippet: str


class SavedSearch(Record, title="存下的检索"):
    """A search that is kept."""

    id: int
    name: str
    owner: str | None = Field(description="谁存的；空是在命令行存的")
    shared: bool
    query: str
    filter: list[str] = Field(description="筛选条件，中文")
    address: str = Field(description="照着打开就是现在的结果")
    created: Moment
    hits: int | None = Field(description="现在有多少条；筛选条件已经不能用时为空")
    new: int = Field(description="其中多少条是口令的主人没有看过的")


class SavedSearchInFull(SavedSearch, title="存下的检索，连同新的结果"):
    """A search that is kept, with its new hits."""

    found: list[Hit] = Field(description="新的结果，最相关的在前")


class KeptList(Record, title="存下的台账"):
    """A list of the ledger that is kept."""

    id: int | None = Field(description="空：人人都有的“交给我的”")
    name: str
    owner: str | None = Field(description="谁存的")
    shared: bool
    filter: list[str] = Field(description="筛选条件，中文")
    address: str = Field(description="照着打开就是现在的这些条")
    count: int | None = Field(description="现在有多少条；筛选条件已经不能用时为空")
    first: bool = Field(description="网页上先打开的是不是它")


class Completion(Record, title="可以补全成的词"):
    """What typed characters may become."""

    text: str
    kind: str
    count: int
