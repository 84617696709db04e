[
  (body)
  (record)
  (list)
  (group)
  (call)
] @indent.begin

["}" ")" "]"] @indent.branch @indent.end

(block_text) @indent.auto
