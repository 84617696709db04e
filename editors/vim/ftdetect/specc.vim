" RPM has .spec files, too: those hold tags and sections, ours declarations.
function! s:IsSpecc() abort
  return search('\v^(feature|policy|type|tool|given|outcome|term)[ \t]+\h\w*|^use[ \t]+"', 'cnw') > 0
endfunction

augroup specc_detect
  autocmd!
  autocmd BufNewFile *.spec setfiletype specc
  autocmd BufReadPost *.spec if s:IsSpecc() | set filetype=specc | endif
augroup END
