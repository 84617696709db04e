/**
 * The grammar of `.spec` files for tree-sitter: the rules of `speclang/syntax/grammar.lark`, with the names of `speclang/syntax/tree.py`.
 *
 * It knows items, values and blocks; no kind of requirement and no field. Where a line ends and which brace opens a record is read by
 * `src/scanner.c`. What differs from the compiler is on purpose, for texts that are being typed: where nothing follows an operator
 * or an ID, the line ends all the same; a text that is not closed ends with its line, a block with the file, and a `{` in a text that starts no hole is a part of the text.
 */
/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

const separated = (rule) => seq(rule, repeat(seq(',', rule)));
const binary = (left, operator, right, $) =>
  seq(field('left', left), field('operator', operator), choice(field('right', right), $._nothing));
const path = /[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*|-[A-Za-z0-9_]+)*/;

module.exports = grammar({
  name: 'specc',

  word: ($) => $.name,
  extras: ($) => [/[ \t\r\n]/, $.comment],
  externals: ($) => [
    $._line_end,
    ';',
    $._body_open,
    $._record_open,
    '}',
    '(',
    ')',
    '[',
    ']',
    $._hole_open,
    $._nothing,
    $._end_of_open_line,
    $._end_of_open_text,
    $._end_of_open_body,
    $._recovering,
  ],

  rules: {
    file: ($) => optional($._items),

    _items: ($) =>
      choice($._separators, seq(optional($._separators), $.item, repeat(seq($._separators, $.item)), optional($._separators))),
    _separators: ($) => repeat1(choice($._line_end, ';')),

    item: ($) =>
      seq(
        choice(
          field('head', $.name),
          seq(field('head', alias('holds', $.name)), optional('>=')), // a bound from below in itself: the sign means nothing
          seq(field('id', $.id), choice(field('head', $.name), $._nothing)),
        ),
        optional(seq(field('value', $._value), repeat(seq(',', choice(field('value', $._value), $._nothing))))),
        field('body', optional($.body)),
      ),
    body: ($) => seq(alias($._body_open, '{'), optional($._items), choice('}', $._end_of_open_body)),

    // From loose to tight, as in `grammar.lark`; all lean left, a comparison and a range don't chain.
    _value: ($) => choice($._conjunction, alias($.disjunction, $.binary)),
    disjunction: ($) => binary($._value, 'or', $._conjunction, $),
    _conjunction: ($) => choice($._negation, alias($.conjunction, $.binary)),
    conjunction: ($) => binary($._conjunction, 'and', $._negation, $),
    _negation: ($) => choice($._comparison, $.negation),
    negation: ($) => seq('not', choice(field('operand', $._negation), $._nothing)),
    _comparison: ($) => choice($._sum, alias($.comparison, $.binary)),
    comparison: ($) => binary($._sum, $._comparator, $._sum, $),
    _comparator: ($) => choice('=', '!=', '<', '<=', '>', '>=', 'in', 'is', $.is_not, $.not_in),
    is_not: () => seq('is', 'not'),
    not_in: () => seq('not', 'in'),
    _sum: ($) => choice($._product, alias($.sum, $.binary)),
    sum: ($) => binary($._sum, choice('+', '-'), $._product, $),
    _product: ($) => choice($._side, alias($.product, $.binary)),
    product: ($) => binary($._product, '*', $._side, $),
    _side: ($) => choice($._range, $.run),
    run: ($) => seq($._range, repeat1($._range)),
    _range: ($) => choice($._choice, alias($.range, $.binary)),
    range: ($) => binary($._choice, '..', $._choice, $),
    _choice: ($) => choice($._atom, alias($.choice, $.binary)),
    choice: ($) => binary($._choice, '|', $._atom, $),

    _atom: ($) =>
      choice(
        $.name,
        $.id,
        $.date,
        $.number,
        $.text,
        $.block_text,
        $.pattern,
        $.member,
        $.quantity,
        $.call,
        $.record,
        $.list,
        $.group,
        alias($.several, $.list),
      ),
    quantity: ($) => prec(1, seq(field('number', $.number), field('unit', $.name))),
    call: ($) => prec(1, seq(field('name', $.name), '(', optional($._arguments), ')')),
    record: ($) => seq(alias($._record_open, '{'), $._arguments, '}'),
    _arguments: ($) => seq(separated($.argument), optional(',')),
    argument: ($) => seq(optional(seq(field('name', $._argument_name), ':')), field('value', $._value)),
    // A keyword before `:` is a name; the others are names here anyway, for no value starts with them.
    _argument_name: ($) => choice($.name, alias('not', $.name)),
    list: ($) => seq('[', optional(seq(separated($._value), optional(','))), ']'),
    group: ($) => seq('(', $._value, ')'),
    several: ($) => seq('(', $._value, repeat1(seq(',', $._value)), optional(','), ')'),

    text: ($) =>
      seq('"', optional(alias($._text_content, $.content)), choice(token.immediate('"'), $._end_of_open_line)),
    _text_content: ($) => repeat1(choice($.hole, $.escape, $._characters)),
    block_text: ($) =>
      seq('"""', optional(alias($._block_content, $.content)), choice(token.immediate('"""'), $._end_of_open_text)),
    _block_content: ($) => repeat1(choice($.hole, alias($.block_escape, $.escape), $._block_characters)),
    _characters: () => choice(token.immediate(prec(1, /[^"\\{}\n]+/)), token.immediate(/[{}]/)),
    _block_characters: () => choice(token.immediate(prec(1, /[^"\\{]+/)), token.immediate('{'), token.immediate('"')),
    escape: () => token.immediate(/\\[^\n]/),
    block_escape: () => token.immediate(/\\("""|[^"\\])?/),
    hole: ($) =>
      seq(alias($._hole_open, '{'), field('path', alias(token.immediate(path), $.path)), token.immediate('}')),
    pattern: ($) =>
      seq(
        '/',
        field('expression', alias(token.immediate(prec(1, /([^\/\\\n]|\\[^\n])+/)), $.expression)),
        choice(token.immediate('/'), $._end_of_open_line),
      ),

    name: () => /[A-Za-z_][A-Za-z0-9_]*/,
    id: () => /[A-Za-z_][A-Za-z0-9_]*(-[A-Za-z0-9_]+)+/,
    date: () => /[0-9]{4}-[0-9]{2}-[0-9]{2}/,
    number: () => /-?(0|[1-9][0-9]*(_[0-9]+)*)(\.[0-9]+)?%?/,
    member: () => /[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)+/,
    comment: () => token(/#[^\n]*/),
  },
});
