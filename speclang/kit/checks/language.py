"""Which language an answer is in.

Detected by langdetect, the library of IFEval's own checker, with its random numbers fixed so that one text has one
language on every machine. It is unsure of short texts; `docs/decisions/0050-language-detection.md` tells what follows.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from ..answer import Answer, Said, Verdict
from .evidence import quote
from .judging import Unjudged, judged

if TYPE_CHECKING:
    from langdetect.detector_factory import DetectorFactory

_READ = 20_000
_ENOUGH = 40
_SURE = 0.9


@judged
def language(answer: Answer, *, code: str) -> Verdict:
    """The answer is in the language with the ISO 639-1 `code`; a text without words is in every language (IFEval)."""
    found = detect(answer.text)
    if not found:
        return Verdict(True, "the answer has no words whose language could be told")
    best = found[0][0]
    # The library tells two writings of Chinese apart, `zh-cn` and `zh-tw`.
    return Verdict(
        code in (best, best.partition("-")[0]),
        f"the language is {best}, {code} wanted, in {quote(answer.text.strip())}",
    )


@judged
def language_of_user(answer: Answer) -> Verdict:
    """The answer is in the language of the user's last message, where both are long enough to tell."""
    said = [step.text for step in answer.steps if isinstance(step, Said) and step.role == "user"]
    if not said:
        raise Unjudged("the conversation has no message of the user to compare with")
    # A last "yes please" says little: the whole of what the user said decides then.
    asked = said[-1] if _certain(said[-1]) else "\n".join(said)
    wanted, found = _certain(asked), _certain(answer.text)
    if not wanted or not found:
        return Verdict(True, f"too short to tell the language of {quote(asked if not wanted else answer.text.strip())}")
    return Verdict(wanted == found, f"the user writes {wanted}, the answer is in {found}: {quote(answer.text.strip())}")


@lru_cache(maxsize=256)
def detect(text: str) -> tuple[tuple[str, float], ...]:
    """The languages that `text` may be in, likeliest first, with their probabilities; none if nothing can be told."""
    from langdetect.lang_detect_exception import LangDetectException

    detector = _factory().create()
    try:
        detector.append(text[:_READ])
        return tuple((one.lang, one.prob) for one in detector.get_probabilities())
    except LangDetectException:
        return ()


def _certain(text: str) -> str:
    """The language of `text` if there are enough letters to be sure of it, or ""."""
    letters = sum(2 if ord(one) >= 0x2E80 else 1 for one in text[:_READ] if one.isalpha())
    if letters < _ENOUGH:
        return ""
    found = detect(text)
    return found[0][0] if found and found[0][1] >= _SURE else ""


@lru_cache(maxsize=1)
def _factory() -> "DetectorFactory":
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    factory = DetectorFactory()
    factory.seed = 0
    factory.load_profile(PROFILES_DIRECTORY)
    return factory
