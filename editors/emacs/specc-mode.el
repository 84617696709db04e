;;; specc-mode.el --- Major mode for specc's .spec files -*- lexical-binding: t; -*-

;; Package-Requires: ((emacs "27.1"))
;; Keywords: languages
;; Version: 0.1.0

;;; Commentary:

;; Colours, indentation and comments for .spec files, and `specc lsp' for Eglot and lsp-mode, which tells the rest.
;; RPM has .spec files, too: those are left alone.

;;; Code:

(require 'rx)

(defgroup specc nil
  "Specs that are compiled into prompts and cases."
  :group 'languages)

(defcustom specc-indent-offset 2
  "How many columns a block is indented."
  :type 'natnum
  :safe #'natnump)

(defcustom specc-command '("specc" "lsp")
  "The language server: that of the project's own environment."
  :type '(repeat string))

(defface specc-level-face '((t :inherit font-lock-warning-face))
  "Face for words that say how binding something is.")

(defvar specc-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?# "<" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?\\ "\\" table)
    (modify-syntax-entry ?_ "w" table)
    (modify-syntax-entry ?/ "." table)
    (modify-syntax-entry ?' "." table)
    table)
  "Syntax of .spec files.")

;; A block text is one string, whatever quotes it holds; a pattern is a string between slashes.
(defconst specc--syntax-propertize
  (syntax-propertize-rules
   ("\"\"\"" (0 (ignore (specc--propertize-quotes))))
   ("\\(/\\)\\(?:[^/\\\n]\\|\\\\.\\)+\\(/\\)"
    (1 (unless (nth 8 (save-excursion (syntax-ppss (match-beginning 0)))) (string-to-syntax "|")))
    (2 (unless (nth 8 (save-excursion (syntax-ppss (match-beginning 0)))) (string-to-syntax "|"))))))

(defun specc--propertize-quotes ()
  "Make the three quotes just found open a block text, or close one."
  (let* ((start (match-beginning 0))
         (state (save-excursion (syntax-ppss start))))
    (cond
     ((nth 4 state))
     ((not (nth 3 state)) (put-text-property start (1+ start) 'syntax-table (string-to-syntax "|")))
     ((eq (nth 3 state) t)
      (put-text-property (+ start 2) (+ start 3) 'syntax-table (string-to-syntax "|"))))))

(defconst specc--name "[A-Za-z_][A-Za-z0-9_]*")
(defconst specc--words '("and" "or" "not" "is" "in"))

;; `syntax-ppss' moves point.
(defun specc--in-text-p (position)
  "Whether POSITION lies in a text or a pattern."
  (save-excursion (save-match-data (nth 3 (syntax-ppss position)))))

(defun specc--head-p (position)
  "Whether a line of the language begins at POSITION, and not the rest of one."
  (save-excursion
    (goto-char position)
    (let ((inside (nth 1 (syntax-ppss))))
      (and (or (null inside) (specc--body-p inside))
           (progn
             (forward-comment (- (point)))
             (or (bobp)
                 (memq (char-before) '(?\; ?\{))
                 (not (looking-back (rx (or (any ",|=<>+*:") ".." (seq word-start (or "and" "or" "not" "is" "in"))) point)
                                    (line-beginning-position)))))))))

(defun specc--body-p (position)
  "Whether the bracket at POSITION opens a body, and neither a record nor a group."
  (save-excursion
    (goto-char position)
    (and (eq (char-after) ?\{)
         (progn
           (forward-char)
           (forward-comment (buffer-size))
           (not (looking-at (concat specc--name "[ \t]*:")))))))

(defun specc--match-head (limit)
  "Find the first word of a line of the language before LIMIT.
Group 1 is the ID before it, group 2 the word if it is a level, else group 3."
  (let (found)
    (while (and (not found)
                (re-search-forward
                 (concat "\\(?:^[ \t]*\\|[;{][ \t]*\\)\\(?:\\(" specc--name "\\(?:-[A-Za-z0-9_]+\\)+\\)[ \t]+\\)?"
                         "\\(?:\\(must_not\\|must\\|should_not\\|should\\|may\\)\\|\\(" specc--name "\\)\\)"
                         "\\_>[ \t]*")
                 limit t))
      (let ((word (or (match-beginning 1) (match-beginning 2) (match-beginning 3)))
            (end (match-end 0))
            (data (match-data)))
        (if (and (not (memq (char-after) '(?: ?. ?-)))
                 (not (member (match-string 3) specc--words))
                 (save-excursion (not (nth 8 (syntax-ppss word))))
                 (specc--head-p word))
            (setq found t)
          (goto-char end))
        (set-match-data data)))
    found))

(defconst specc--font-lock-keywords
  `((specc--match-head (1 font-lock-constant-face nil t) (2 'specc-level-face nil t) (3 font-lock-keyword-face nil t))
    (,(concat "{" specc--name "\\(?:\\." specc--name "\\|-[A-Za-z0-9_]+\\)*}")
     (0 (and (specc--in-text-p (match-beginning 0)) font-lock-variable-name-face) prepend))
    (,(concat "\\_<" specc--name "\\(?:-[A-Za-z0-9_]+\\)+\\_>") . font-lock-constant-face)
    ("\\_<[0-9]\\{4\\}-[0-9]\\{2\\}-[0-9]\\{2\\}\\_>" . font-lock-constant-face)
    (,(concat "\\(?:^\\|[^[:word:].-]\\)\\(-?[0-9][0-9_.]*%?\\)\\(?:[ \t]+\\(" specc--name "\\)\\)?")
     (1 font-lock-constant-face)
     (2 (unless (member (match-string 2) specc--words) font-lock-type-face) nil t))
    (,(regexp-opt specc--words 'words) . font-lock-builtin-face)
    (,(regexp-opt '("yes" "no" "true" "false" "missing") 'words) . font-lock-constant-face)))

(defun specc-indent-line ()
  "Indent the line by the open brackets; the inside of a text stays as it is."
  (interactive)
  (let ((state (save-excursion (syntax-ppss (line-beginning-position)))))
    (if (nth 3 state)
        'noindent
      (let* ((closes (save-excursion (back-to-indentation) (looking-at "[])}]")))
             (depth (max 0 (- (car state) (if closes 1 0))))
             (column (* specc-indent-offset depth))
             (behind (- (current-column) (current-indentation))))
        (unless (or closes (specc--head-p (save-excursion (back-to-indentation) (point))))
          (setq column (max column (current-indentation))))
        (indent-line-to column)
        (when (> behind 0) (forward-char behind))))))

;;;###autoload
(define-derived-mode specc-mode prog-mode "specc"
  "Major mode for specs."
  (setq-local comment-start "# "
              comment-end ""
              comment-start-skip "#+[ \t]*"
              indent-tabs-mode nil
              indent-line-function #'specc-indent-line
              syntax-propertize-function specc--syntax-propertize
              parse-sexp-lookup-properties t
              font-lock-defaults '(specc--font-lock-keywords)
              imenu-generic-expression
              `((nil ,(concat "^[ \t]*\\(" specc--name "\\(?:-[A-Za-z0-9_]+\\)+\\)[ \t]") 1))))

(defun specc--ours-p ()
  "Whether the buffer holds a spec of ours: RPM's hold tags and sections."
  (save-excursion
    (goto-char (point-min))
    (or (= (buffer-size) 0)
        (re-search-forward "^\\(?:feature\\|policy\\|type\\|tool\\|given\\|outcome\\|term\\)[ \t]+[A-Za-z_]\\|^use[ \t]+\"" nil t))))

;;;###autoload
(add-to-list 'magic-mode-alist
             '((lambda () (and buffer-file-name (string-suffix-p ".spec" buffer-file-name) (specc--ours-p))) . specc-mode))

(defvar eglot-server-programs)

(with-eval-after-load 'eglot
  (when (boundp 'eglot-server-programs)
    (add-to-list 'eglot-server-programs `(specc-mode . ,specc-command))))

(defvar lsp-language-id-configuration)
(declare-function lsp-register-client "lsp-mode")
(declare-function make-lsp-client "lsp-mode")
(declare-function lsp-stdio-connection "lsp-mode")
(declare-function lsp-activate-on "lsp-mode")

(with-eval-after-load 'lsp-mode
  (when (fboundp 'lsp-register-client)
    (add-to-list 'lsp-language-id-configuration '(specc-mode . "specc"))
    (lsp-register-client
     (make-lsp-client :new-connection (lsp-stdio-connection (lambda () specc-command))
                      :activation-fn (lsp-activate-on "specc")
                      :server-id 'specc))))

(provide 'specc-mode)

;;; specc-mode.el ends here
