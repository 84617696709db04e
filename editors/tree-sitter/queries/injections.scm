((expression) @injection.content
  (#set! injection.language "regex"))

; What a block text says goes into a prompt, which is Markdown.
((block_text
  (content) @injection.content)
  (#set! injection.language "markdown")
  (#set! injection.include-children))
