"""Files that programs send: taken in by a process of its own, followed by their key, given up; and runs stopped."""

from __future__ import annotations

from typing import Annotated

from fastapi import File, Path, UploadFile
from fastapi.responses import Response

from outputs.exchange import Record
from outputs.web import intake
from outputs.web.api import journal
from outputs.web.api.answers import Problem
from outputs.web.api.describing import PROBLEMS, offered
from outputs.web.api.values import Numbered
from outputs.web.problems import problem
from outputs.web.visit import Asking

router, known = offered("运行", writes=True), offered("运行", single=True)

Sent = Annotated[
    list[UploadFile],
    File(
        min_length=1,
        max_length=intake.MOST_FILES,
        description="文件（multipart/form-data，每个都叫 file），一次最多 200 个、60 兆",
    ),
]
Key = Annotated[str, Path(pattern=r"^[0-9]{8}-[0-9]{6}-[0-9a-f]{8}$", description="上传时答出的编号")]


@router.post(
    "/api/intake",
    status_code=201,
    response_model=journal.Intake,
    summary="收文件：轮到就开始读；照编号问是哪一次运行，运行里看得到读到第几个",
)
def send_files(visit: Asking, file: Sent) -> Record | Response:
    """Keeps the files and starts a run that takes them in."""
    given = [(one.filename or "", one.file.read(intake.MOST_BYTES + 1)) for one in file]
    wrong = intake.wrong(given)
    visit.note(object=f"{len(given)} 个文件", after=intake.noted(given))
    if wrong:
        visit.noted.result = "refused: wrong"
        return problem(visit.request, 422, wrong)
    return intake.state_record(intake.state_of(visit, visit.actions.intake.receive(given, visit.now)))


@known.get("/api/intake/{key}", response_model=journal.Intake, summary="一次上传到了哪里：在等，或者是哪一次运行")
def sent(visit: Asking, key: Key) -> Record:
    """What became of an upload."""
    return intake.state_record(intake.state_of(visit, key))


@router.post(
    "/api/intake/{key}/cancel",
    response_model=journal.Intake,
    responses={409: {"model": Problem, "description": PROBLEMS[409]}},
    summary="不收了：还没有轮到的一个也不收；已经开始的请叫停那次运行",
)
def cancel_intake(visit: Asking, key: Key) -> Record | Response:
    """Gives an upload up that still waits."""
    found = intake.state_of(visit, key)
    visit.note(object=key)
    if found.run:
        visit.noted.result = "refused: conflict"
        return problem(visit.request, 409, f"已经开始读了；要停就叫停第 {found.run} 次运行")
    visit.actions.intake.cancel(key)
    return intake.state_record(intake.state_of(visit, key))


@router.post(
    "/api/runs/{number}/stop",
    response_model=journal.Stopping,
    responses={409: {"model": Problem, "description": PROBLEMS[409]}},
    summary="叫停一次运行：做完手上这个文件就停，收进的都在，没有读的不收",
)
def stop_run(visit: Asking, number: Numbered) -> Record | Response:
    """Asks a run to stop between two files."""
    if not intake.stopped(visit, number):
        visit.noted.result = "refused: conflict"
        return problem(visit.request, 409, "这次运行已经结束了")
    return {"run": number, "stop_by": visit.person.name}
