"""What holds for every test: no network but this machine, and the vocabulary is read once."""

from __future__ import annotations

import ipaddress
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg import build, verify
from kg.vocabulary import Vocabulary

LOCAL_NAMES = {"localhost", "", None}


def is_local(host: Any) -> bool:
    """Whether an address or a name is this machine; a name that would have to be looked up is not."""
    if isinstance(host, bytes):
        host = host.decode()
    if host in LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test that would reach another machine."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_local(address[0]):
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    def guarded_look_up(host: Any, *arguments: Any, **options: Any) -> Any:
        if not is_local(host):
            raise AssertionError(f"a test tried to look up {host}")
        return look_up(host, *arguments, **options)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)


@pytest.fixture(autouse=True)
def same_main_module() -> Iterator[None]:
    """Put back what was `__main__`: Streamlit's AppTest leaves its page there, and a spawned process runs it."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session", autouse=True)
def vocabulary_read_once() -> Iterator[None]:
    """The shipped vocabulary does not change while the tests run, and reading it takes longer than a small build."""
    with pytest.MonkeyPatch.context() as patch:
        load, shipped = Vocabulary.load, Vocabulary.load()
        patch.setattr(Vocabulary, "load", lambda *directory: load(*directory) if directory else shipped)
        text = build.ontology_file(shipped)
        patch.setattr(build, "ontology_file", lambda vocabulary: text)
        patch.setattr(verify, "ontology_file", lambda vocabulary: text)
        yield


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the shipped papers, built once for all tests that only read it."""
    data = tmp_path_factory.mktemp("shipped")
    report = build.build(Path(__file__).resolve().parent.parent / "sources", data)
    assert report.problems == ()
    return data
