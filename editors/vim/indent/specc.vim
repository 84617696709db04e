if exists('b:did_indent')
  finish
endif
let b:did_indent = 1

setlocal indentexpr=SpeccIndent(v:lnum) indentkeys=0},0),0],!^F,o,O
let b:undo_indent = 'setlocal indentexpr< indentkeys<'

if exists('*SpeccIndent')
  finish
endif

function! s:Code(lnum) abort
  return substitute(getline(a:lnum), '\v"%([^"\\]|\\.)*"|#.*$', '', 'g')
endfunction

" One step deeper in an open bracket, one back at what closes it; the inside of a block text stays as it is.
function! SpeccIndent(lnum) abort
  let above = prevnonblank(a:lnum - 1)
  if above == 0
    return 0
  endif
  if synIDattr(synID(a:lnum, 1, 1), 'name') =~# 'speccBlockText'
    return -1
  endif
  let code = s:Code(above)
  let opened = count(code, '{') + count(code, '(') + count(code, '[')
  let closed = count(code, '}') + count(code, ')') + count(code, ']')
  if code =~# '^\s*[])}]'
    let closed -= 1
  endif
  let depth = indent(above) + (opened > closed ? shiftwidth() : opened < closed ? -shiftwidth() : 0)
  return max([0, getline(a:lnum) =~# '^\s*[])}]' ? depth - shiftwidth() : depth])
endfunction
