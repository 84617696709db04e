-- Drives a Neovim without a screen through what somebody does with a spec, and writes down what came of it.
-- Usage: nvim --headless -u NONE -i NONE -n -l/-S drive.lua, with SPECC (the server's command), SPEC and REPORT in the environment.
local report = {}
local function wait(what, holds)
  if not vim.wait(30000, holds, 50) then
    error("waited in vain for " .. what)
  end
end
local function run()
  vim.cmd("edit " .. vim.fn.fnameescape(vim.env.SPEC))
  vim.bo.filetype = "spec"
  local client_id = vim.lsp.start_client({
    name = "specc", cmd = vim.split(vim.env.SPECC, " "), root_dir = vim.fn.getcwd(),
  })
  vim.lsp.buf_attach_client(0, client_id)
  local client = vim.lsp.get_client_by_id(client_id)
  wait("the server", function() return client.initialized or client.server_capabilities ~= nil end)
  local function ask(method, params)
    local answers = vim.lsp.buf_request_sync(0, method, params, 30000) or {}
    for _, one in pairs(answers) do return one.result end
  end
  local function seek(pattern)
    vim.fn.cursor(1, 1)
    assert(vim.fn.search(pattern, "cW") > 0, "not found: " .. pattern)
  end
  local function messages()
    return vim.tbl_map(function(one) return one.message end, vim.diagnostic.get(0))
  end

  seek([[must    \zsapprove]])
  vim.cmd("normal! cwaprove")
  wait("a finding", function() return #vim.diagnostic.get(0) == 1 end)
  report.diagnostics = messages()

  local encoding = client.offset_encoding
  local params = vim.lsp.util.make_range_params(0, encoding)
  params.context = { diagnostics = {} }
  local action = ask("textDocument/codeAction", params)[1]
  report.action = action.title
  vim.lsp.util.apply_workspace_edit(action.edit, encoding)
  wait("no finding", function() return #vim.diagnostic.get(0) == 0 end)

  seek([[over    \zsREF-1]])
  report.hover = ask("textDocument/hover", vim.lsp.util.make_position_params(0, encoding)).contents.value
  report.definition = ask("textDocument/definition", vim.lsp.util.make_position_params(0, encoding))[1].range.start.line + 1

  seek([[when    total > 500 USD]])
  vim.fn.append(vim.fn.line("."), "    unless  tier is ")
  vim.fn.cursor(vim.fn.line(".") + 1, 21)
  local at = vim.lsp.util.make_position_params(0, encoding)
  at.position.character = 20
  report.completion = vim.tbl_map(function(one) return one.label end, ask("textDocument/completion", at).items)
  vim.cmd("delete")

  seek([[given \zsage]])
  local rename = vim.lsp.util.make_position_params(0, encoding)
  rename.newName = "days_since"
  vim.lsp.util.apply_workspace_edit(ask("textDocument/rename", rename), encoding)
  report.renamed = vim.fn.search([[when    days_since <= 30 days]], "nw") > 0

  seek([[REF-2 rule]])
  vim.cmd("normal! 0i     ")
  local edits = ask("textDocument/formatting", vim.lsp.util.make_formatting_params({ tabSize = 2, insertSpaces = true }))
  vim.lsp.util.apply_text_edits(edits, vim.api.nvim_get_current_buf(), encoding)
  report.formatted = vim.fn.search([[^  REF-2 rule]], "nw") > 0
  wait("no finding", function() return #vim.diagnostic.get(0) == 0 end)
  report.left = messages()
  vim.lsp.stop_client(client_id)
end
local ok, problem = pcall(run)
report.problem = not ok and tostring(problem) or nil
local file = assert(io.open(vim.env.REPORT, "w"))
file:write((vim.json or { encode = vim.fn.json_encode }).encode(report))
file:close()
vim.cmd("qall!")
