// How text is put for a person at a terminal. Apart from the rest of the console, because it is all
// that the commands need which must start as fast as Node does.

export { countOf, formatAge, formatBytes, formatCount } from './quantities.ts';
export { quoteCommand } from './quote-command.ts';
export { createStyle, type Style, wantsColor } from './style.ts';
export { alignColumns, cleanLine, cleanLines, toSafeJson } from './terminal-text.ts';
