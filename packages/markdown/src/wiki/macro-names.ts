/** How a macro of wiki markup is written, and what becomes of it. */
export type WikiMacroKind =
  /** Everything up to its end is shown as written. */
  | 'raw'
  /** Holds wiki markup up to its end. */
  | 'body'
  /** Stands alone. */
  | 'single';

/** The macros that are read; any other word in braces is text, as in Jira. */
export const wikiMacroKinds: ReadonlyMap<string, WikiMacroKind> = new Map([
  ['code', 'raw'],
  ['noformat', 'raw'],
  ['align', 'body'],
  ['center', 'body'],
  ['color', 'body'],
  ['column', 'body'],
  ['details', 'body'],
  ['div', 'body'],
  ['excerpt', 'body'],
  ['expand', 'body'],
  ['info', 'body'],
  ['note', 'body'],
  ['panel', 'body'],
  ['quote', 'body'],
  ['section', 'body'],
  ['tip', 'body'],
  ['warning', 'body'],
  ['anchor', 'single'],
  ['status', 'single'],
  ['toc', 'single'],
]);
