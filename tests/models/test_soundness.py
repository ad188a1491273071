"""Planted damage is found and named for what it is; in what is as it was written nothing is found."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from models.decided import DecisionKind
from models.decisions import decide, undo
from models.errors import StoreUnavailable
from models.evidence import Between, Certainty, Link, Paper, Relation
from models.extraction import Extraction
from models.following import keep_between
from models.harm import Damage, Harm
from models.owners import this_process
from models.queries import ledger
from models.rows import document_id
from models.soundness import find_damage, note_decisions
from models.store import Store, open_store
from models.tables import quantities

LETTERS = 8
PLANTS = 5
OF_LETTER = " WHERE document_id = ?1"
PROMISE = "(SELECT id FROM commitments WHERE document_id = ?1)"
PLANTED = {  # what is planted for one letter (?1 is its id), and what must be found
    "a promise's words were changed": ("UPDATE commitments SET text = text || '！'" + OF_LETTER, Harm.MISQUOTED),
    "a number's place was moved": ("UPDATE quantities SET start = start - 1" + OF_LETTER, Harm.MISQUOTED),
    "a refusal's words were changed": ("UPDATE declined SET text = '同意'" + OF_LETTER, Harm.MISQUOTED),
    "a letter's text was changed": ("UPDATE document_texts SET text = '甲' || text" + OF_LETTER, Harm.MISNAMED),
    "a promise became weaker": ("UPDATE commitments SET strength = 'aim'" + OF_LETTER, Harm.ALTERED),
    "a deadline was put off": ("UPDATE commitments SET deadline_end = '2030-01-01'" + OF_LETTER, Harm.ALTERED),
    "a number grew": ("UPDATE quantities SET value = '31'" + OF_LETTER + " AND position = 0", Harm.ALTERED),
    "a number is gone": ("DELETE FROM quantities" + OF_LETTER + " AND position = 1", Harm.ALTERED),
    "the leading unit was changed": ("UPDATE documents SET lead_unit = '市水务局' WHERE id = ?1", Harm.ALTERED),
    "a letter isn't current": ("UPDATE documents SET current = 0 WHERE id = ?1", Harm.CURRENT),
    "a file's version is gone": ("DELETE FROM versions" + OF_LETTER, Harm.VERSIONS),
    "a file's version has ended": ("UPDATE versions SET superseded = '2026-01-01 00:00:00'" + OF_LETTER, Harm.VERSIONS),
    "a letter can't be found": ("DELETE FROM search_records" + OF_LETTER, Harm.INDEX),
    "a letter is found by other words": ("UPDATE search_entries SET context = '别 的'" + OF_LETTER, Harm.INDEX),
    "a promise is counted as kept": ("UPDATE standings SET fulfilled = 0" + OF_LETTER, Harm.STANDINGS),
    "a promise isn't listed": ("UPDATE standings SET listed = 0" + OF_LETTER, Harm.STANDINGS),
    "a promise isn't counted": ("DELETE FROM standings" + OF_LETTER, Harm.STANDINGS),
    "a link quotes something else": ("UPDATE links SET text = '没有' WHERE reply_id = ?1", Harm.MISQUOTED),
    "a link names no promise": ("UPDATE links SET commitment_id = 'none' WHERE reply_id = ?1", Harm.DANGLING),
    "a decision is gone": ("DELETE FROM decisions WHERE commitment_id = " + PROMISE, Harm.DECISIONS),
}
PLANTED_ONCE = {  # what is told once, for however many rows
    "a letter's text is gone": ("DELETE FROM document_texts" + OF_LETTER, Harm.DANGLING),
    "a letter is gone": ("DELETE FROM documents WHERE id = ?1", Harm.DANGLING),
    "a code that nobody knows": ("UPDATE units SET zone = 'somewhere'" + OF_LETTER, Harm.UNREADABLE),
    "a list that is none": ("UPDATE documents SET co_units = '[' WHERE id = ?1", Harm.UNREADABLE),
    "a day that is none": ("UPDATE documents SET date = '2026-02-30' WHERE id = ?1", Harm.UNREADABLE),
    "a decision was changed since the backup": (
        "UPDATE decisions SET who = '别人' WHERE commitment_id = " + PROMISE,
        Harm.SINCE_BACKUP,
    ),
    "a decision takes back what is about another promise": (
        "UPDATE decisions SET undoes = (SELECT id FROM decisions WHERE commitment_id = " + PROMISE + ")"
        " WHERE undoes IS NOT NULL",
        Harm.DECISIONS,
    ),
}


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An embedded database with letters, links between them and decisions about them."""
    import runpy

    given = runpy.run_path(str(Path(__file__).with_name("conftest.py")))
    letter, file, now = given["letter_of"], given["file_of"], given["NOW"]
    path: Path = tmp_path_factory.mktemp("sound") / "register.db"
    with open_store(f"sqlite:///{path}") as store:
        _fill(store, [letter(number) for number in range(LETTERS)], file, now)
    return path


def _fill(store: Store, letters: list[Extraction], file: Callable[..., object], now: datetime) -> None:
    run = store.begin_run("ingest", now=now, owner=this_process())
    for one in letters:
        store.save(run, file(one), one, now=now, extractor="1")  # type: ignore[arg-type]
    papers = [Paper(document_id(one.document.text), one) for one in letters]
    with store.writing() as connection:
        for mine, other in zip(papers, papers[1:] + papers[:1], strict=True):
            span = other.extraction.units[2].span
            found = Link(0, 2, span, Relation.ADVANCES, Certainty.PROPOSED, date(2026, 5, 1), 0.5, (), ())
            keep_between(connection, [Between(mine, other, (found,))])
            connection.execute(
                sa.text(
                    "INSERT INTO followed SELECT id, records_digest, '1', '2026-01-01 00:00:00'"
                    " FROM documents WHERE id = :id"
                ),
                {"id": mine.id},
            )
    store.finish_run(run, now=now)
    for promise in ledger(store):
        decide(store, DecisionKind.NOTE, who="田甲", now=now, commitment=promise.id, why="记一笔")
    undo(store, 1, who="岳乙", now=now)


def search_damage(path: Path, letters: Path) -> list[Damage]:
    with open_store(f"sqlite:///{letters}") as untouched, untouched.reading() as connection:
        noted = note_decisions(connection)
    try:
        with open_store(f"sqlite:///{path}") as store:
            return list(find_damage(store, noted))
    except StoreUnavailable as error:  # so damaged that it doesn't even open
        return [Damage(Harm.FILE, str(path), str(error))]


def test_nothing_is_found_where_all_is_as_it_was_written(register: Path) -> None:
    assert search_damage(register, register) == []


def test_nothing_is_found_in_an_empty_database(store: Store) -> None:
    assert list(find_damage(store)) == []


def test_nothing_is_found_on_either_database_after_changes_and_failures(
    store: Store, letter: Callable[..., Extraction], file: Callable[..., object], now: datetime
) -> None:
    _fill(store, [letter(number) for number in range(3)], file, now)
    run = store.begin_run("ingest", now=now, owner=this_process())
    store.save(run, file(letter(9), path="/inbox/1.txt"), letter(9), now=now, extractor="1")  # type: ignore[arg-type]
    store.save(run, file(letter(2), path="/inbox/also.txt"), letter(2), now=now, extractor="2")  # type: ignore[arg-type]
    store.finish_run(run, now=now)
    assert list(find_damage(store)) == []


@pytest.mark.parametrize("planted", PLANTED)
def test_planted_damage_is_found_in_every_letter(planted: str, register: Path, tmp_path: Path) -> None:
    statement, harm = PLANTED[planted]
    path = _planted(register, tmp_path, statement, names_of(register))
    found = [damage for damage in search_damage(path, register) if damage.harm is harm]
    assert len(found) >= PLANTS


@pytest.mark.parametrize("planted", PLANTED_ONCE)
def test_planted_damage_is_found_wherever_it_is(planted: str, register: Path, tmp_path: Path) -> None:
    statement, harm = PLANTED_ONCE[planted]
    for name in names_of(register):
        path = _planted(register, tmp_path, statement, [name])
        assert harm in {damage.harm for damage in search_damage(path, register)}


@pytest.mark.parametrize(
    ("statement", "harm"),
    [
        ("UPDATE runs SET state = 'running'", Harm.RUNS),
        ("UPDATE sqlite_sequence SET seq = 1 WHERE name = 'decisions'", Harm.COUNTER),
        ("UPDATE sources SET path = path || '.docx'", Harm.MISNAMED),
    ],
)
def test_what_is_wrong_as_a_whole_is_found(statement: str, harm: Harm, register: Path, tmp_path: Path) -> None:
    shutil.copyfile(register, tmp_path / "a.db")
    with sqlite3.connect(tmp_path / "a.db") as raw:
        raw.execute(statement)
    assert harm in {damage.harm for damage in search_damage(tmp_path / "a.db", register)}


def names_of(register: Path) -> list[str]:
    """The ids of some letters, none of them the one about which a decision was taken back."""
    with sqlite3.connect(register) as raw:
        found = raw.execute(
            "SELECT document_id FROM commitments WHERE id NOT IN"
            " (SELECT commitment_id FROM decisions WHERE undoes IS NOT NULL) ORDER BY document_id"
        )
        return [name for (name,) in found][:PLANTS]


def _planted(register: Path, folder: Path, statement: str, names: list[str]) -> Path:
    path = folder / f"{names[0]}.db"
    shutil.copyfile(register, path)
    with sqlite3.connect(path) as raw:
        for name in names:
            assert raw.execute(statement, (name,)).rowcount >= 1
    return path


@pytest.mark.parametrize(
    "statement",
    [
        "DROP INDEX ix_versions_document_id",
        "ALTER TABLE documents ADD COLUMN other TEXT",
        "CREATE TABLE more (id INTEGER)",
        "UPDATE alembic_version SET version_num = '0001x'",
        "CREATE TRIGGER more AFTER INSERT ON units BEGIN SELECT 1; END",
    ],
)
def test_another_schema_than_the_described_one_is_found(statement: str, register: Path, tmp_path: Path) -> None:
    shutil.copyfile(register, tmp_path / "a.db")
    with open_store(f"sqlite:///{tmp_path}/a.db") as store:
        with sqlite3.connect(tmp_path / "a.db") as raw:
            raw.execute(statement)
        raw.close()
        assert Harm.SCHEMA in {damage.harm for damage in find_damage(store)}


def test_bytes_that_were_overwritten_are_found(register: Path, tmp_path: Path) -> None:
    """One page after the other, all but the first: nothing of the file is left unread."""
    whole = register.read_bytes()
    pages = len(whole) // 4096
    for nth in range(PLANTS):
        path = tmp_path / f"{nth}.db"
        place = 4096 * (1 + (nth + 1) * (pages - 2) // (PLANTS + 1))
        path.write_bytes(whole[:place] + b"\xa5" * 4096 + whole[place + 4096 :])
        assert Harm.FILE in {damage.harm for damage in search_damage(path, register)}


def test_terms_that_the_index_lacks_or_has_besides_are_found(register: Path, tmp_path: Path) -> None:
    for nth, statement in enumerate(
        (
            "INSERT INTO search_index(rowid, tokens, context) VALUES (99999, '多 余', '')",
            "INSERT INTO search_index(search_index) VALUES ('delete-all')",
            "UPDATE search_index_facts SET facts = 'r1 c0' WHERE document_id = (SELECT min(id) FROM documents)",
        )
    ):
        path = tmp_path / f"{nth}.db"
        shutil.copyfile(register, path)
        with sqlite3.connect(path) as raw:
            raw.execute(statement)
        assert {damage.harm for damage in search_damage(path, register)} == {Harm.INDEX}


def test_a_server_that_lost_rows_behind_its_own_back_is_found(
    postgres_url: str, letter: Callable[..., Extraction], file: Callable[..., object], now: datetime
) -> None:
    with open_store(postgres_url) as store:
        _fill(store, [letter(number) for number in range(3)], file, now)
        with store.writing() as connection:
            connection.execute(sa.update(quantities).where(quantities.c.position == 0).values(value=77))
            connection.exec_driver_sql("SELECT setval(pg_get_serial_sequence('decisions', 'id'), 1)")
        assert {damage.harm for damage in find_damage(store)} == {Harm.ALTERED, Harm.COUNTER}
