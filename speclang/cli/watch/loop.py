"""Goes round and round: waits for a sign, lets the project take its turn, tells what happened.

In: a project, a teller. Out: an exit code.
Invariant: one thing at a time; a wish to end waits for the round that is under way, and a second one does not.
"""

import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable
from queue import Empty

from ...engine.watching.events import Event, Failed, Stands
from ...engine.watching.rounds import Rounds
from ...project.paths import git_is_at_work
from ..main import FINDINGS, FINE, refused
from .clock import Stopwatch
from .files import Files
from .signs import Ended, Key, Paused, Resized, Sign, Signs, Touched
from .tellers import Choice, Teller

_IDLE = 60.0
"""After so many seconds everything is looked at even if nobody said that something changed: a day may have ended."""

_AGAIN = 1.0
"""What failed is tried again after so many seconds: another command may have been writing."""

_GIT = 3.0
"""So many seconds git may take for a checkout before what lies there is looked at all the same."""

_STEP = 0.05


class Loop:
    """A watch, from its first look to its end."""

    def __init__(self, rounds: Rounds, files: Files, signs: Signs, teller: Teller) -> None:
        """Nothing happens before `run`."""
        self._rounds = rounds
        self._files = files
        self._signs = signs
        self._teller = teller
        self._waiting: deque[Sign] = deque()
        self._failed = ""
        self._in_sync = False

    def run(self) -> int:
        """Go round until somebody wishes that it ends; the exit code. Raises `NoProject` and `OSError` at the first look only."""
        self._follow(self._rounds.turn)
        while True:
            match self._next():
                case Touched() | None:
                    self._settle()
                    self._do(self._rounds.turn)
                case Key(name=name):
                    choice = self._teller.press(name)
                    if choice is Choice.QUIT:
                        return FINE if self._in_sync else FINDINGS
                    if choice is not None:
                        self._do(self._rounds.absorb if choice is Choice.ABSORB else self._rounds.discard)
                case Resized():
                    self._teller.resized()
                case Paused():
                    self._teller.pause()
                case Ended(code=code):
                    return code

    def _do(self, act: Callable[[], Iterable[Event]]) -> None:
        """`act`, whatever the system has against it."""
        try:
            self._follow(act)
            self._failed = ""
        except OSError as problem:
            said = refused(problem)
            if said != self._failed:
                self._teller.tell(Failed(said))
            self._failed = said

    def _follow(self, act: Callable[[], Iterable[Event]]) -> None:
        """Tell what `act` does; then watch the folders that are there, and look again where these have changed."""
        while True:
            watch = Stopwatch()
            told = False
            for event in act():
                told = True
                if isinstance(event, Stands):
                    self._in_sync = event.in_sync
                self._teller.tell(event)
            self._teller.rest(watch.seconds, told=told)
            act = self._rounds.turn
            home = self._rounds.home
            if home is None or not self._files.follow(home):
                return

    def _next(self) -> Sign | None:
        """The next sign; None where there was none for long."""
        if self._waiting:
            return self._waiting.popleft()
        try:
            return self._signs.get(timeout=_AGAIN if self._failed else _IDLE)
        except Empty:
            return None

    def _settle(self) -> None:
        """Take all that was touched meanwhile for one burst, and let git come to its end."""
        watch = Stopwatch()
        while True:
            home = self._rounds.home
            busy = home is not None and watch.seconds < _GIT and git_is_at_work(home.root)
            try:
                sign = self._signs.get(timeout=_STEP) if busy else self._signs.get_nowait()
            except Empty:
                if not busy:
                    return
                continue
            if not isinstance(sign, Touched):
                self._waiting.append(sign)
                if isinstance(sign, Ended):
                    return


def heed(signs: Signs) -> None:
    """Have the system's wish that this process ends come as a sign; a second Ctrl-C ends it where it is."""

    def interrupt(*_: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signs.put(Ended(130))

    signal.signal(signal.SIGINT, interrupt)
    signal.signal(signal.SIGTERM, lambda *_: signs.put(Ended(143)))
    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, lambda *_: signs.put(Ended(129)))
