-- What the syntax file makes of the files of the command line: prints, for each, a list of lines, each a list with the look of
-- every byte: a key of NAMES in speclang/syntax/colours/looks.py. Then indents each file anew and prints those that changed.
local LOOKS = {
  speccComment = 'comment', speccText = 'text', speccBlockText = 'text', speccEscape = 'escape', speccHole = 'hole',
  speccPattern = 'pattern', speccNumber = 'number', speccUnit = 'unit', speccDate = 'date', speccId = 'id', speccLineId = 'id',
  speccHead = 'head', speccLevel = 'level', speccConstant = 'constant', speccWord = 'word', speccMember = 'member',
  speccName = 'name', speccOperator = 'operator', speccSemicolon = 'operator', speccContinued = 'operator',
  speccBracket = 'bracket',
}
local found = { looks = {}, indented = {}, types = {} }
for _, path in ipairs(vim.fn.argv()) do
  vim.cmd('edit ' .. vim.fn.fnameescape(path))
  found.types[path] = vim.bo.filetype
  local rows = {}
  for row = 1, vim.fn.line('$') do
    local cells = {}
    for column = 1, #vim.fn.getline(row) do
      local name = vim.fn.synIDattr(vim.fn.synID(row, column, 1), 'name')
      cells[column] = LOOKS[name] or (name == '' and 'space') or name
    end
    rows[row] = cells
  end
  found.looks[path] = rows
  local before = vim.api.nvim_buf_get_lines(0, 0, -1, true)
  vim.cmd('silent normal! gg=G')
  if not vim.deep_equal(before, vim.api.nvim_buf_get_lines(0, 0, -1, true)) then
    table.insert(found.indented, path)
  end
  vim.cmd('set nomodified')
end
io.stdout:write(vim.fn.json_encode(found))
vim.cmd('qall!')
