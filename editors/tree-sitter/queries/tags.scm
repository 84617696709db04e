; Requirements, by their IDs.
(item
  id: (id) @name) @definition.requirement

; Features and policies, and what they declare.
((item
  head: (name) @_head
  .
  value: [
    (name) @name
    (call
      name: (name) @name)
    (run
      .
      (name) @name)
    (run
      .
      (call
        name: (name) @name))
  ]) @definition.module
  (#any-of? @_head "feature" "policy"))

((item
  head: (name) @_head
  .
  value: [
    (call
      name: (name) @name)
    (run
      .
      (call
        name: (name) @name))
  ]) @definition.function
  (#eq? @_head "tool"))

((item
  head: (name) @_head
  .
  value: (binary
    left: (name) @name)) @definition.type
  (#eq? @_head "type"))

((item
  head: (name) @_head
  .
  value: [
    (name) @name
    (run
      .
      (name) @name)
  ]) @definition.constant
  (#any-of? @_head "given" "outcome"))

; `over REF-1`, `drop REF-2`
(item
  value: (id) @name) @reference.requirement
