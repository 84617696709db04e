"""`language en`: the language of the whole answer, by its ISO 639-1 code (IFEval's `response_language`).

langdetect decides; a text in which it can tell no language, as a number, counts as followed.

`language of user` asks for the language in which the user writes.
"""

from ....kit.schema import Term
from ..constraint import Bait, Constraint, Form, Misread, Phrase, Try
from ..instruction import Instruction, word

_NAMES = {
    "af": "Afrikaans", "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech",
    "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French", "gu": "Gujarati", "he": "Hebrew",
    "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese",
    "kn": "Kannada", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "ml": "Malayalam",
    "mr": "Marathi", "ne": "Nepali", "nl": "Dutch", "no": "Norwegian", "pa": "Punjabi", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovene", "so": "Somali",
    "sq": "Albanian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "th": "Thai",
    "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
_OTHER = (
    Bait(
        "german",
        "Guten Tag, ich hätte gern eine ausführliche Antwort zu meinem Anliegen, vielen Dank im Voraus.",
        alone=True,
    ),
    Bait(
        "spanish",
        "Buenos días, me gustaría recibir una respuesta detallada a mi consulta, muchas gracias de antemano.",
        alone=True,
    ),
)
_ASKED = Bait("asked-for-another", "Please answer in French.")


def read(term: Term) -> Constraint | Misread:
    """The language wanted."""
    words = tuple(word(value) for value in term.values)
    if term.op or not words:
        return Misread("it takes the code of a language, or `of user`", term.span)
    if words == ("of", "user"):
        return Constraint(
            slug="language",
            check="language_of_user",
            settings=(),
            phrase=Phrase(Form.MANNER, ("in the language of the user",)),
            negative=None,
            baits=_OTHER,
            span=term.span,
        )
    code = words[0]
    if len(words) != 1 or code not in _NAMES:
        return Misread("it takes the two-letter code of a language, or `of user`", term.values[0].span)
    phrase = Phrase(Form.MANNER, (f"in {_NAMES[code]}",))
    return Constraint(
        slug="language",
        check="language",
        settings=(("code", code, term.values[0].span),),
        phrase=phrase,
        negative=phrase,
        baits=(_ASKED,) if code != "fr" else _OTHER[:1],
        span=term.span,
    )


_ENGLISH = "Your refund has been approved, and the money will reach your account within five days."
_GERMAN = "Ihre Erstattung wurde genehmigt, und das Geld wird in fünf Tagen auf Ihrem Konto sein."
_ASKS_GERMAN = "Guten Tag, ich möchte bitte mein Geld für die letzte Bestellung zurückbekommen."
_ASKS_ENGLISH = "Hello, I would like to get the money for my last order back, please."

INSTRUCTION = Instruction(
    "language",
    "language of user",
    read,
    (
        Try("language en", _ENGLISH, True, "English"),
        Try("language en", _GERMAN, False, "German"),
        Try("language of user", _GERMAN, True, "German for German", user=_ASKS_GERMAN),
        Try("language of user", _GERMAN, False, "German for English", user=_ASKS_ENGLISH),
        Try("language of user", _ENGLISH, False, "English for German", user=_ASKS_GERMAN),
    ),
)
