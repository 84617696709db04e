; What comes later wins where two patterns capture one node: from the plain to the particular.
; `tests/e2e/editors/test_tree_sitter.py` compares the result with what the compiler reads, character by character.

(name) @variable
(member) @variable.member
(id) @label
(number) @number
(date) @number.date
(pattern) @string.regexp
(comment) @comment @spell

((name) @constant.builtin
  (#any-of? @constant.builtin "yes" "no" "true" "false" "missing"))

(quantity
  unit: (name) @type)

; The first word of a line: a declaration, a kind, a field.
(item
  head: (name) @keyword)

; Such a word that says how binding something is.
((item
  head: (name) @keyword.modifier)
  (#any-of? @keyword.modifier "must" "must_not" "should" "should_not" "may"))

(text) @string
(block_text) @string
(escape) @string.escape

["and" "or" "not" "is" "in"] @keyword.operator
["=" "!=" "<" "<=" ">" ">=" "+" "-" "*" ".." "|"] @operator
["," ":" ";"] @punctuation.delimiter
["(" ")" "[" "]" "{" "}"] @punctuation.bracket

; A hole in a text, with its braces.
(hole) @string.special.symbol
(hole
  ["{" "}"] @string.special.symbol)
