-- What the queries make of the files of the command line, in Neovim, with the parser that PARSER names: prints, for each file, the
-- captures of highlights.scm, each with its name and its range in bytes, how many nodes are faults, and what folds.
local path = vim.env.PARSER
if vim.treesitter.language and vim.treesitter.language.add then
  assert(vim.treesitter.language.add('specc', { path = path }))
else
  vim.treesitter.require_language('specc', path)
end
local parsed = vim.treesitter.query.parse or vim.treesitter.parse_query
local function query(name)
  return parsed('specc', table.concat(vim.fn.readfile('editors/tree-sitter/queries/' .. name .. '.scm'), '\n'))
end
local highlights, folds = query('highlights'), query('folds')
for _, name in ipairs({ 'injections', 'indents', 'locals', 'tags' }) do
  query(name)
end
local found = {}
for _, file in ipairs(vim.fn.argv()) do
  vim.cmd('edit ' .. vim.fn.fnameescape(file))
  local parser = vim.treesitter.get_parser(0, 'specc')
  local root = parser:parse()[1]:root()
  local one = { faulty = root:has_error(), looks = {}, folds = 0 }
  for id, node in highlights:iter_captures(root, 0, 0, -1) do
    local first, from, last, to = node:range()
    local start = vim.api.nvim_buf_get_offset(0, first) + from
    table.insert(one.looks, { highlights.captures[id], start, vim.api.nvim_buf_get_offset(0, last) + to })
  end
  for _ in folds:iter_captures(root, 0, 0, -1) do
    one.folds = one.folds + 1
  end
  found[file] = one
end
io.stdout:write(vim.fn.json_encode(found))
vim.cmd('qall!')
