if exists('current_compiler')
  finish
endif
let current_compiler = 'specc'

CompilerSet makeprg=specc\ check
CompilerSet errorformat=%Eerror[%.%#]:\ %m,%Wwarning[%.%#]:\ %m,%Inote[%.%#]:\ %m,%C\ %#-->\ %f:%l:%c,%-C%.%#,%-G%.%#
