"""A page is found by its code and read into its sections."""

import pytest

from speclang.diagnostics import pages

TEXT = """# E0299: Something is wrong

## What it means

Words.

## Example

```spec
## not a heading
feature a "A" { }
```

```edit
x
```

## Message

````text
```
error
```
````
"""


def test_a_page_is_read_into_its_sections_and_blocks() -> None:
    page = pages.parse(TEXT)
    assert page is not None
    assert (page.code, page.title) == ("E0299", "Something is wrong")
    assert [heading for heading, _ in page.sections] == ["What it means", "Example", "Message"]
    assert page.block("Example", "spec") == '## not a heading\nfeature a "A" { }\n'
    assert page.block("Example", "edit") == "x\n"
    assert page.block("Message", "text") == "```\nerror\n```\n"
    assert page.block("Example", "text") is None
    assert page.block("Elsewhere", "text") is None


@pytest.mark.parametrize("text", ["", "E0299: no mark", "# no code\n", "#E0299: x", "# E0299:\n"])
def test_a_text_without_its_front_line_is_no_page(text: str) -> None:
    assert pages.parse(text) is None


@pytest.mark.parametrize("code", ["E0201", "e0201", "boundary/needs-near-miss"])
def test_a_page_is_found_by_its_code(code: str) -> None:
    found = pages.find(code)
    assert found is not None
    page = pages.parse(found)
    assert page is not None
    assert page.code.casefold() == code.casefold()


@pytest.mark.parametrize(
    "code", ["", "E", "E02", "E9999", "*", "../pages/E0201", "E0201-unknown-name", "boundary", "a/../b", "E0201\n"]
)
def test_what_is_no_code_has_no_page(code: str) -> None:
    assert pages.find(code) is None


def test_all_pages_are_listed_with_their_titles() -> None:
    listed = dict(pages.listing())
    assert listed["E0201"] == "Unknown name"
    assert pages.codes() == {code for code in listed if "/" not in code}
