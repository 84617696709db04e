if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1

setlocal commentstring=#\ %s comments=:#
setlocal expandtab shiftwidth=2 softtabstop=2 textwidth=0
setlocal iskeyword+=-
setlocal include=^\\s*use\\s\\+\" suffixesadd=.spec
setlocal formatoptions-=t formatoptions+=croql
setlocal foldmethod=syntax foldlevel=99

if executable('specc')
  let &l:keywordprg = 'specc explain'
endif
if !exists('current_compiler')
  compiler specc
endif

let b:undo_ftplugin = 'setlocal commentstring< comments< expandtab< shiftwidth< softtabstop< textwidth< iskeyword< include< '
      \ . 'suffixesadd< formatoptions< foldmethod< foldlevel< keywordprg<'
