;;; looks.el --- What the mode makes of the files of the command line -*- lexical-binding: t; -*-

;; Prints, for each file, its mode, the faces of each of its characters, and whether indenting it anew changes it.

(require 'specc-mode)
(require 'json)

(defun specc-test--faces (position)
  "The faces of the character at POSITION, as text."
  (let ((face (get-text-property position 'face)))
    (mapconcat (lambda (one) (format "%s" one)) (if (listp face) face (list face)) " ")))

(let (found)
  (dolist (file command-line-args-left)
    (with-current-buffer (find-file-noselect file)
      (font-lock-ensure)
      (let ((faces (vconcat (mapcar #'specc-test--faces (number-sequence (point-min) (1- (point-max))))))
            (before (buffer-string)))
        (let ((inhibit-message t)) (indent-region (point-min) (point-max)))
        (push `(,file (mode . ,(symbol-name major-mode))
                      (faces . ,faces)
                      (indented . ,(if (string= before (buffer-string)) :json-false t)))
              found))
      (set-buffer-modified-p nil)))
  (setq command-line-args-left nil)
  (princ (json-encode found)))

;;; looks.el ends here
