"""What words and letters are like: IFBench's `words`, `count:punctuation`, `format:title_case` and two of its `custom`."""

from ..builders import count, flag, texts
from ..constraint import Amount, Bait, Try

_PLAIN = (Bait("plain", "Please answer in plain everyday words."),)

INSTRUCTIONS = (
    flag(
        "all_punctuation",
        "use every standard punctuation mark (. , ! ? ; :) and an interrobang (?!)",
        Try("all_punctuation", "What?! Yes, it is: now; go! Why? Fine.", True, "all of them"),
        Try("all_punctuation", "What?! Yes, it is: now. Go! Why?", False, "no semicolon"),
        baits=_PLAIN,
    ),
    flag(
        "consonant_clusters",
        "use only words with two or more consonants in a row",
        Try("consonant_clusters", "Bring strong black cards", True, "every word has one"),
        Try("consonant_clusters", "Bring a strong card", False, "one word has none"),
        baits=_PLAIN,
    ),
    flag(
        "prime_words",
        "use only words whose length is a prime number",
        Try("prime_words", "It was green.", True, "two, three, five"),
        Try("prime_words", "It was blue.", False, "four"),
        baits=_PLAIN,
    ),
    flag(
        "title_case",
        "in title case",
        Try("title_case", "Your Refund Is Due", True, "every word starts with a capital"),
        Try("title_case", "Your Refund is Due", False, "one does not"),
        Try("title_case", "Your iPhone Is Due", True, "small and large letters mixed pass"),
        manner=True,
    ),
    count(
        "vowels",
        ("in one line with ", Amount("kind of vowel", "kinds of vowels")),
        "vowels <= 3",
        Try("vowels <= 2", "All that is in it", True, "a and i"),
        Try("vowels <= 2", "All that is on it", False, "three"),
        Try("vowels <= 2", "All that\nis in it", False, "two lines"),
    ),
    count(
        "palindromes",
        ("with ", Amount("palindrome of five letters or more", *(("palindromes of five letters or more",) * 2))),
        "palindromes >= 10",
        Try("palindromes >= 2", "Level, then radar!", True, "two", slug="palindromes-min"),
        Try("palindromes >= 2", "Level at noon", False, "four letters are too few", slug="palindromes-min"),
    ),
    texts(
        "reversed_words",
        ("write the words of your sentence in reverse order, and let it say ", ""),
        'reversed_words "bald eagle"',
        Try('reversed_words "bald eagle"', "Eagle bald the is it.", True, "read backwards"),
        Try('reversed_words "bald eagle"', "It is the bald eagle.", False, "read forwards"),
        most=1,
    ),
    texts(
        "reversed_letters",
        ("write the letters of your sentence in reverse order, and let it say ", ""),
        'reversed_letters "bald eagle"',
        Try('reversed_letters "bald eagle"', ".elgae dlab eht si tI", True, "read backwards"),
        Try('reversed_letters "bald eagle"', "It is the bald eagle.", False, "read forwards"),
        most=1,
    ),
)
