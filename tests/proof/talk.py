"""Programs of a proof that are asked line by line."""

import json
import os
import subprocess
import sys
from typing import IO, Any

from tests.harness.source import ROOT


class Talk:
    """A process that is asked line by line."""

    def __init__(self, name: str, ear: IO[str], mouth: IO[str]) -> None:
        """Speak into its ear and hear from its mouth."""
        self.name, self.ear, self.mouth = name, ear, mouth
        self.said = ""

    def ask(self, line: str) -> str:
        """Say a line and hear the answer."""
        self.say(line)
        return self.hear()

    def say(self, line: str) -> None:
        """Say a line; the answer is heard later."""
        self.said = line
        self.ear.write(line + "\n")
        self.ear.flush()

    def hear(self) -> str:
        """The answer to what was said last."""
        answer = self.mouth.readline()
        if not answer:
            raise RuntimeError(f"{self.name} ended at: {self.said}")
        return answer

    def close(self) -> None:
        """Say nothing more."""
        self.ear.close()
        self.mouth.close()


class Program(Talk):
    """One of the proof's programs; the open files `kept` are left to it."""

    def __init__(self, module: str, settings: dict[str, Any], kept: tuple[int, ...] = ()) -> None:
        """Start it."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, json.dumps(settings)],
            cwd=ROOT,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            pass_fds=kept,
        )
        super().__init__(module, self.process.stdin, self.process.stdout)
        for each in kept:
            os.close(each)

    def close(self) -> None:
        """End it."""
        self.process.communicate(timeout=30)
