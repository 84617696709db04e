/*
 * Where a line of a spec ends, and what its brackets are: the two things that a context-free grammar can't tell.
 *
 * The rules are those of `speclang/syntax/tokens.py`. A line goes on inside ( ), [ ] and records; before `and`, `or`, `|`, `..` and
 * `{`; and after a comma or an operator if the next line is indented deeper than the line's start. `{` opens a record if `name :`
 * follows, else a body.
 *
 * Invariant: a bracket that the text does not close has no effect on where lines end, so a fault stays in its line.
 */
#include "tree_sitter/parser.h"

#include <stdbool.h>
#include <stdlib.h>

enum Symbol {
  LINE_END,
  SEMICOLON,
  BODY_OPEN,
  RECORD_OPEN,
  CLOSE_BRACE,
  OPEN_ROUND,
  CLOSE_ROUND,
  OPEN_SQUARE,
  CLOSE_SQUARE,
  HOLE_OPEN,
  NOTHING, /* where a value is missing after a comma or an operator, or all after an ID */
  END_OF_OPEN_LINE,
  END_OF_OPEN_TEXT,
  END_OF_OPEN_BODY,
  RECOVERING, /* in no rule, so it is valid only while the parser looks for a way out of an error */
};

enum {
  MAX_DEPTH = 64,     /* of brackets, as in the compiler */
  MAX_LOOK = 1 << 16, /* characters that are looked at for the end of a bracket */
  NOWHERE = -1,       /* the indent of a line whose first word does not begin it */
};

typedef struct {
  int16_t indent; /* of the item that is being read, or NOWHERE */
  uint8_t depth;  /* how many brackets are open in it */
  uint8_t bodies; /* how many bodies are open around it */
} Scanner;

static void skip(TSLexer *lexer) { lexer->advance(lexer, true); }
static void advance(TSLexer *lexer) { lexer->advance(lexer, false); }

static bool is_letter(int32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
static bool is_word(int32_t c) { return is_letter(c) || (c >= '0' && c <= '9'); }
static bool is_blank(int32_t c) { return c == ' ' || c == '\t' || c == '\r'; }

/* Pass blanks, ends of lines and comments. */
static void pass_beside(TSLexer *lexer) {
  while (!lexer->eof(lexer)) {
    if (lexer->lookahead == '#') {
      while (!lexer->eof(lexer) && lexer->lookahead != '\n') advance(lexer);
    } else if (is_blank(lexer->lookahead) || lexer->lookahead == '\n') {
      advance(lexer);
    } else {
      return;
    }
  }
}

/* Whether `name :` follows a `{` that was passed. */
static bool starts_record(TSLexer *lexer) {
  pass_beside(lexer);
  if (!is_letter(lexer->lookahead)) return false;
  while (is_word(lexer->lookahead)) advance(lexer);
  while (lexer->lookahead == ' ' || lexer->lookahead == '\t') advance(lexer);
  return lexer->lookahead == ':';
}

/* Pass a text or a pattern; false where it has no end. */
static bool pass_quoted(TSLexer *lexer, int32_t quote) {
  unsigned quotes = 0;
  while (quotes < 3 && lexer->lookahead == quote) {
    advance(lexer);
    quotes++;
    if (quote == '/') break;
  }
  if (quotes == 2) return true;
  bool block = quotes == 3;
  for (unsigned run = 0; !lexer->eof(lexer);) {
    int32_t c = lexer->lookahead;
    if (c == '\n' && !block) return false;
    advance(lexer);
    run = c == quote ? run + 1 : 0;
    if (c == '\\') {
      if (!block) {
        if (lexer->lookahead == '\n') return false;
        advance(lexer);
      } else {
        for (unsigned n = 0; n < 3 && lexer->lookahead == quote; n++) advance(lexer);
      }
    } else if (run == (block ? 3 : 1)) {
      return true;
    }
  }
  return false;
}

/* Whether the bracket that `close` closes, and that was passed, is closed before its item ends. */
static bool is_closed(TSLexer *lexer, int32_t close) {
  int32_t open[MAX_DEPTH];
  unsigned depth = 0;
  open[depth++] = close;
  for (unsigned looked = 0; !lexer->eof(lexer); looked++) {
    int32_t c = lexer->lookahead;
    if (looked == MAX_LOOK) return true;
    if (c == '#') {
      pass_beside(lexer);
      continue;
    }
    if (c == '"' || c == '/') {
      if (!pass_quoted(lexer, c)) return false;
      continue;
    }
    if (c == ';') return false;
    advance(lexer);
    if (c == '(' || c == '[' || c == '{') {
      if (depth == MAX_DEPTH || (c == '{' && !starts_record(lexer))) return false;
      open[depth++] = c == '(' ? ')' : c == '[' ? ']' : '}';
    } else if (c == ')' || c == ']' || c == '}') {
      if (open[--depth] != c) return false;
      if (depth == 0) return true;
    }
  }
  return false;
}

/* Whether what follows an end of line belongs to the line before it. */
static bool goes_on(TSLexer *lexer) {
  int32_t c = lexer->lookahead;
  if (c == '|' || c == '.') {
    advance(lexer);
    return c == '|' ? lexer->lookahead != '|' : lexer->lookahead == '.';
  }
  if (c != 'a' && c != 'o') return false;
  const char *word = c == 'a' ? "and" : "or";
  for (; *word; word++) {
    if (lexer->lookahead != *word) return false;
    advance(lexer);
  }
  return !is_word(lexer->lookahead) && lexer->lookahead != ':' && lexer->lookahead != '-' && lexer->lookahead != '.';
}

static bool found(TSLexer *lexer, enum Symbol symbol) {
  lexer->result_symbol = symbol;
  return true;
}

/* The bracket at the cursor; false where there is none. */
static bool bracket(Scanner *scanner, TSLexer *lexer, const bool *valid) {
  int32_t c = lexer->lookahead;
  enum Symbol symbol;
  switch (c) {
    case '(': symbol = OPEN_ROUND; break;
    case '[': symbol = OPEN_SQUARE; break;
    case '{': symbol = BODY_OPEN; break;
    case ')': symbol = CLOSE_ROUND; break;
    case ']': symbol = CLOSE_SQUARE; break;
    case '}': symbol = CLOSE_BRACE; break;
    case ';': symbol = SEMICOLON; break;
    default: return false;
  }
  advance(lexer);
  lexer->mark_end(lexer);
  if (c == '{' && starts_record(lexer) && (valid[RECORD_OPEN] || !valid[BODY_OPEN])) symbol = RECORD_OPEN;
  switch (symbol) {
    case OPEN_ROUND:
    case OPEN_SQUARE:
    case RECORD_OPEN:
      if (scanner->depth < MAX_DEPTH && is_closed(lexer, c == '(' ? ')' : c == '[' ? ']' : '}')) scanner->depth++;
      break;
    case CLOSE_ROUND:
    case CLOSE_SQUARE:
    case CLOSE_BRACE:
      if (scanner->depth > 0) scanner->depth--;
      else if (symbol == CLOSE_BRACE && scanner->bodies > 0) scanner->bodies--;
      break;
    default:
      if (symbol == BODY_OPEN && scanner->bodies < UINT8_MAX) scanner->bodies++;
      scanner->depth = 0;
      scanner->indent = NOWHERE;
  }
  return found(lexer, symbol);
}

/* Whether the path of a hole and its `}` follow a `{` that was passed. */
static bool starts_hole(TSLexer *lexer) {
  if (!is_letter(lexer->lookahead)) return false;
  for (;;) {
    while (is_word(lexer->lookahead)) advance(lexer);
    if (lexer->lookahead == '}') return true;
    if (lexer->lookahead != '.' && lexer->lookahead != '-') return false;
    bool member = lexer->lookahead == '.';
    advance(lexer);
    if (member ? !is_letter(lexer->lookahead) : !is_word(lexer->lookahead)) return false;
  }
}

/* Whether nothing but braces that close, and a comment, stands before the end of a line; passes as much of it. */
static bool closes_only(TSLexer *lexer) {
  while (is_blank(lexer->lookahead) || lexer->lookahead == '}') advance(lexer);
  return lexer->eof(lexer) || lexer->lookahead == '\n' || lexer->lookahead == '#';
}

/* Whether a text of one line has its end on the rest of the line. */
static bool is_ended(TSLexer *lexer) {
  while (!lexer->eof(lexer) && lexer->lookahead != '\n') {
    int32_t c = lexer->lookahead;
    advance(lexer);
    if (c == '"') return true;
    if (c == '\\' && lexer->lookahead != '\n') advance(lexer);
  }
  return false;
}

/* In a text or a pattern: the `{` of a hole, or the end where there is none; a brace of the block around a text is no part of it. */
static bool in_quotes(TSLexer *lexer, const bool *valid) {
  lexer->mark_end(lexer);
  int32_t c = lexer->lookahead;
  bool block = !valid[END_OF_OPEN_LINE];
  if (lexer->eof(lexer) || (c == '\n' && !block)) return found(lexer, block ? END_OF_OPEN_TEXT : END_OF_OPEN_LINE);
  if ((c != '{' && c != '}') || !valid[HOLE_OPEN]) return false;
  advance(lexer);
  if (c == '{') {
    if (is_letter(lexer->lookahead)) {
      lexer->mark_end(lexer);
      return starts_hole(lexer) && found(lexer, HOLE_OPEN);
    }
    if (block || (lexer->lookahead != '\n' && !is_blank(lexer->lookahead) && !lexer->eof(lexer))) return false;
    while (is_blank(lexer->lookahead)) advance(lexer);
    if (lexer->lookahead != '\n' && lexer->lookahead != '#' && !lexer->eof(lexer)) return false;
  } else if (block || !closes_only(lexer)) {
    return false;
  }
  return !is_ended(lexer) && found(lexer, END_OF_OPEN_LINE);
}

void *tree_sitter_specc_external_scanner_create(void) {
  Scanner *scanner = calloc(1, sizeof(Scanner));
  if (scanner) scanner->indent = NOWHERE;
  return scanner;
}

void tree_sitter_specc_external_scanner_destroy(void *payload) { free(payload); }

unsigned tree_sitter_specc_external_scanner_serialize(void *payload, char *buffer) {
  const Scanner *scanner = payload;
  buffer[0] = (char)(scanner->indent & 0xff);
  buffer[1] = (char)((scanner->indent >> 8) & 0xff);
  buffer[2] = (char)scanner->depth;
  buffer[3] = (char)scanner->bodies;
  return 4;
}

void tree_sitter_specc_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  Scanner *scanner = payload;
  bool kept = length == 4;
  scanner->indent = kept ? (int16_t)((uint8_t)buffer[0] | (uint8_t)buffer[1] << 8) : NOWHERE;
  scanner->depth = kept ? (uint8_t)buffer[2] : 0;
  scanner->bodies = kept ? (uint8_t)buffer[3] : 0;
}

/* At an end of line: the end of the item, or NOTHING where the item lacks something; false where it goes on. */
static bool line_end(Scanner *scanner, TSLexer *lexer, const bool *valid, bool *commented) {
  bool lacking = valid[NOTHING] && !valid[LINE_END];
  int32_t column = 0;
  lexer->mark_end(lexer);
  while (!lexer->eof(lexer)) {
    if (lexer->lookahead == '\n') {
      skip(lexer);
      if (!*commented && !lacking) lexer->mark_end(lexer);
      column = 0;
    } else if (is_blank(lexer->lookahead)) {
      skip(lexer);
      column++;
    } else if (lexer->lookahead == '#') {
      *commented = true;
      while (!lexer->eof(lexer) && lexer->lookahead != '\n') skip(lexer);
    } else {
      break;
    }
  }
  int32_t c = lexer->lookahead;
  bool closes = c == ')' || c == ']' || c == '}' || lexer->eof(lexer);
  bool goes = c == '{' || scanner->depth > 0 || (lacking && !closes && column > scanner->indent);
  if (lacking) return (closes || (!goes && !goes_on(lexer))) && found(lexer, NOTHING);
  if (goes || closes || goes_on(lexer)) return false;
  scanner->indent = column > INT16_MAX ? INT16_MAX : (int16_t)column;
  scanner->depth = 0;
  return found(lexer, LINE_END);
}

bool tree_sitter_specc_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
  Scanner *scanner = payload;
  if ((valid[END_OF_OPEN_LINE] || valid[END_OF_OPEN_TEXT]) && !valid[RECOVERING]) return in_quotes(lexer, valid);
  bool commented = false;
  while (is_blank(lexer->lookahead)) skip(lexer);
  if (lexer->lookahead == '\n' && line_end(scanner, lexer, valid, &commented)) return true;
  if (commented) return false;
  bool at_end = lexer->eof(lexer) || lexer->lookahead == '}' || lexer->lookahead == ';';
  if (at_end && valid[NOTHING] && !valid[LINE_END]) {
    lexer->mark_end(lexer);
    return found(lexer, NOTHING);
  }
  if (!lexer->eof(lexer)) return bracket(scanner, lexer, valid);
  if (scanner->bodies == 0) return false;
  lexer->mark_end(lexer);
  scanner->bodies--;
  scanner->depth = 0;
  return found(lexer, END_OF_OPEN_BODY);
}
