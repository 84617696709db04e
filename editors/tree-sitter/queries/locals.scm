; A file is a scope, and so is each feature and policy.
(file) @local.scope

((item
  head: (name) @_head
  body: (body)) @local.scope
  (#any-of? @_head "feature" "policy"))

; What is declared: its name is the first of the line.
((item
  head: (name) @_head
  .
  value: [
    (name) @local.definition
    (call
      name: (name) @local.definition)
    (run
      .
      (name) @local.definition)
    (run
      .
      (call
        name: (name) @local.definition))
    (binary
      left: (name) @local.definition)
  ])
  (#any-of? @_head "type" "tool" "given" "outcome" "feature" "policy"))

(item
  id: (id) @local.definition)

; Where it is used: in values, not as the first word of a line.
(item
  value: [
    (name)
    (id)
  ] @local.reference)

[
  (run (name) @local.reference)
  (binary (name) @local.reference)
  (negation (name) @local.reference)
  (group (name) @local.reference)
  (list (name) @local.reference)
  (call name: (name) @local.reference)
  (argument value: (name) @local.reference)
]

(path) @local.reference
