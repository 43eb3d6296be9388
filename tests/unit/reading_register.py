"""A register of contracts for the tests of reading processes: checking misbehaves on request."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass

import polars as pl

from checks.contracts import evidence_documents
from checks.contracts.base import Contract, Reference, Validated

VERSION = "1"


@dataclass(frozen=True)
class Misbehaving(Contract):
    """Evidence documents; a document_id that is a word of power ends the process that checks it."""

    def validate(self, text: pl.DataFrame, reference: Reference) -> Validated:
        for word in text["document_id"].unique():
            if word == "KILL":
                os.kill(os.getpid(), signal.SIGKILL)
            if word == "CRASH":
                os.kill(os.getpid(), signal.SIGSEGV)
            if word == "SLEEP":
                time.sleep(60)
            if word == "MEMORY":
                bytearray(1 << 50)
            if word == "DEFECT":
                raise ValueError("a defect of ours")
            if word == "FULL":
                raise OSError(28, "No space left on device")
        return super().validate(text, reference)


CONTRACTS = {
    "evidence_documents": Misbehaving(
        **{
            name: getattr(evidence_documents.CONTRACT, name)
            for name in evidence_documents.CONTRACT.__dataclass_fields__
        }
    )
}


def contract_version(_reference: Reference) -> str:
    return VERSION
