[
  (body)
  (block_text)
  (record)
  (list)
] @fold
