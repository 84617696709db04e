if exists('b:current_syntax')
  finish
endif
let s:cpo_save = &cpo
set cpo&vim
syntax case match
syntax sync fromstart

syntax cluster speccValue contains=speccComment,speccBlockText,speccText,speccPattern,speccDate,speccNumber,speccId,speccMember,speccWord,speccConstant,speccName,speccOperator,speccGroup,speccList,speccContinued

" What comes later wins where both begin at one place: from the plain to the particular.
syntax match speccName /\v%([A-Za-z0-9_.-])@1<!\h\w*/
syntax match speccConstant /\v%([A-Za-z0-9_.-])@1<!%(yes|no|true|false|missing)%([A-Za-z0-9_-])@!/
syntax match speccOperator /\v\.\.|\<\=|\>\=|!\=|[=<>+*|,:;-]/
syntax match speccMember /\v%([A-Za-z0-9_.-])@1<!\h\w*%(\.\h\w*)+/
syntax match speccId /\v%([A-Za-z0-9_.-])@1<!\h\w*%(-\w+)+%([A-Za-z0-9_.-])@!/
syntax match speccWord /\v%([A-Za-z0-9_.-])@1<!%(and|or|not|is|in)%([A-Za-z0-9_-]|:)@!/
syntax match speccUnit /\v%(and>|or>|not>|is>|in>)@!\h\w*%([A-Za-z0-9_.-])@!/ contained
syntax match speccNumber /\v%([A-Za-z0-9_.)\]"\/}])@1<!-?%(0|[1-9]\d*%(_\d+)*)%(\.\d+)?\%?%(\w|\.\d|\%)@!/ nextgroup=speccUnit skipwhite
syntax match speccDate /\v%([A-Za-z0-9_.-])@1<!\d{4}-\d{2}-\d{2}%([A-Za-z0-9_-])@!/
syntax match speccPattern ;\v/%([^/\\]|\\.)+/;
syntax region speccText start=+"+ skip=+\\.+ end=+"+ oneline contains=speccEscape,speccHole
syntax region speccBlockText start=+"""+ skip=+\\.+ end=+"""+ contains=speccEscape,speccHole
syntax match speccEscape /\\./ contained
syntax match speccHole /\v\{\h\w*%(\.\h\w*|-\w+)*\}/ contained

" The first word of a line: a declaration, a kind, a field. Before it, a requirement's ID.
syntax match speccHead /\v%(and>|or>|not>|is>|in>)@!\h\w*%([A-Za-z0-9_.-])@!%(\s*:)@!/ contained containedin=speccStart
syntax match speccLevel /\v%(must_not|must|should_not|should|may)%([A-Za-z0-9_.-])@!%(\s*:)@!/ contained containedin=speccStart
syntax match speccLineId /\v\h\w*%(-\w+)+%([A-Za-z0-9_.-])@!/ contained nextgroup=speccLevel,speccHead skipwhite
syntax match speccStart /\v^\s*%([^ \t])@=/ nextgroup=speccLineId,speccHead,speccLevel,@speccValue transparent
syntax match speccSemicolon /;/ nextgroup=speccLineId,speccHead,speccLevel skipwhite
syntax region speccBody matchgroup=speccBracket start=/{/ end=/}/ transparent fold contains=speccStart,speccSemicolon,speccFirst,speccBody,speccRecord,@speccValue
syntax match speccFirst /\v%(\{)@1<=\s*%(\S)@=/ contained nextgroup=speccLineId,speccHead,speccLevel
syntax region speccRecord matchgroup=speccBracket start=/\v\{%(\s*\h\w*\s*:)@=/ end=/}/ transparent contains=speccRecord,@speccValue
syntax region speccGroup matchgroup=speccBracket start=/(/ end=/)/ transparent contains=speccRecord,@speccValue
syntax region speccList matchgroup=speccBracket start=/\[/ end=/\]/ transparent contains=speccRecord,@speccValue

" After a comma or an operator at its end a line goes on with the next one, whose first word is then no head.
syntax match speccContinued /\v%(,|\||\.\.|\<\=|\>\=|!\=|[=<>+*:]|<%(and|or|not|is|in)>)%(\s*%(#.*)?$)@=/ contains=speccOperator,speccWord nextgroup=speccGap,speccCommentGap skipwhite skipnl skipempty
syntax match speccGap /\v^\s+%([^ \t#])@=/ contained nextgroup=@speccValue
syntax match speccCommentGap /\v\s*#.*$/ contained contains=speccComment nextgroup=speccGap,speccCommentGap skipnl skipempty
syntax match speccComment /#.*$/ contains=@Spell

highlight default link speccComment Comment
highlight default link speccText String
highlight default link speccBlockText String
highlight default link speccEscape SpecialChar
highlight default link speccHole Special
highlight default link speccPattern String
highlight default link speccNumber Number
highlight default link speccUnit Type
highlight default link speccDate Number
highlight default link speccId Label
highlight default link speccLineId Label
highlight default link speccHead Keyword
highlight default link speccLevel Statement
highlight default link speccConstant Constant
highlight default link speccWord Operator
highlight default link speccMember Identifier
highlight default link speccOperator Operator
highlight default link speccBracket Delimiter

let b:current_syntax = 'specc'
let &cpo = s:cpo_save
unlet s:cpo_save
