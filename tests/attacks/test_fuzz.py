"""A slice of the fuzzer (TCD_FUZZ inputs), and proof that it would find what it looks for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tcd_desktop.sync import bundle_parser, dsse
from tests.attacks.fuzz.__main__ import main
from tests.attacks.fuzz.books import RealBooks
from tests.attacks.fuzz.corpus import Corpus, make_corpus
from tests.attacks.fuzz.layers import layers_of
from tests.attacks.fuzz.run import Keep, Tally, chosen, feed_all

COUNT = int(os.environ.get("TCD_FUZZ", "6000"))
SEED = int(os.environ.get("TCD_FUZZ_SEED", "20261123"))


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return make_corpus()


@pytest.fixture(scope="module")
def books(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealBooks]:
    made = RealBooks(corpus, tmp_path_factory.mktemp("books"))
    yield made
    made.close()


def run(corpus: Corpus, books: RealBooks, keep: Path, names: set[str], count: int) -> Tally:
    layers = [layer for layer in (*layers_of(corpus), *books.layers()) if layer.name in names]
    assert len(layers) == len(names)
    return feed_all(layers, books, Keep(keep), SEED, range(count))


def test_whatever_comes_is_accepted_or_refused_with_a_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--count", str(COUNT), "--seed", str(SEED), "--keep", str(tmp_path)]) == 0, capsys.readouterr().out
    told = capsys.readouterr().out
    assert f"{COUNT} inputs" in told and "0 finds" in told
    for code in ("E_SCHEMA", "E_CANON", "E_SEGMENT", "E_SIGNATURE", "E_ENVELOPE_CRYPTO", "accepted"):
        assert code in told, "the fuzzer hardly gets in"


def test_honest_files_are_accepted_by_every_layer(corpus: Corpus, books: RealBooks) -> None:
    feeds = {layer.name: layer.feed for layer in (*layers_of(corpus), *books.layers())}
    for name, file in (
        ("file", corpus.up.file),
        ("plaintext", corpus.up.inside),
        ("manifest signed", corpus.up.inside),
    ):
        feeds[name](b"u" + file)
    for name, file in (("file", corpus.down.file), ("plaintext", corpus.down.inside)):
        feeds[name](b"d" + file)
    for line in corpus.lines:
        feeds["line"](line)
    for at, line in enumerate((corpus.roots[1], corpus.revocations, corpus.office_keys, corpus.up.certificate)):
        feeds["lists"](bytes([at]) + line)
    feeds["request"](corpus.request)
    feeds["answer"](b"f" + corpus.answer)
    feeds["answer from above"](corpus.meta)
    feeds["books of the ward"](corpus.down.inside)


def test_an_input_is_the_same_for_a_seed_and_a_number(corpus: Corpus) -> None:
    layers = layers_of(corpus)
    for index in range(50):
        (layer, rng), (again, same) = chosen(layers, 7, index), chosen(layers, 7, index)
        assert layer.name == again.name and layer.make(rng) == again.make(same)


def test_a_reader_that_skips_a_signature_is_found(
    corpus: Corpus, books: RealBooks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dsse, "_check", lambda *_: None)
    tally = run(corpus, books, tmp_path, {"lists"}, 600)
    assert tally.found and all((tmp_path / f"{name}.bin").is_file() for name in tally.found)
    assert "nobody signed" in (tmp_path / f"{tally.found[0]}.txt").read_text(encoding="utf-8")


def test_a_reader_that_stumbles_over_a_segment_is_found(
    corpus: Corpus, books: RealBooks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Careless:
        def __init__(self, data: bytes) -> None:
            self.data = data

        def hexdigest(self) -> str:
            return {b"(": "known"}[self.data[:1]]

    monkeypatch.setattr(bundle_parser, "sha256", Careless)
    tally = run(corpus, books, tmp_path, {"plaintext"}, 50)
    assert any("FOUND" in key for key in tally.counts), "a KeyError is no refusal"


def test_books_that_were_changed_by_a_refused_bundle_are_found(
    corpus: Corpus, books: RealBooks, tmp_path: Path
) -> None:
    with books.district.store.writing() as connection:
        connection.exec_driver_sql("INSERT INTO fact (name, value) VALUES ('left behind', 'x')")
    try:
        with pytest.raises(AssertionError, match="the store was changed"):
            run(corpus, books, tmp_path, {"line"}, 10)
    finally:
        with books.district.store.writing() as connection:
            connection.exec_driver_sql("DELETE FROM fact WHERE name = 'left behind'")
