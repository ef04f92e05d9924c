import type { Token } from 'markdown-it';

import { alertTitle } from '../mdast/alert-title.ts';
import type { AlertKind } from '../mdast/nodes.ts';

const marker = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|$)/;

/**
 * Gives GitHub's alerts their title and class. Runs before marks are read, so that a bracket that was
 * escaped opens none: https://docs.github.com/get-started/writing-on-github#alerts
 */
export function markAlerts(tokens: readonly Token[]): void {
  for (const [index, quote] of tokens.entries()) {
    if (quote.type !== 'blockquote_open') continue;
    const [open, text, close] = tokens.slice(index + 1, index + 4);
    if (open?.type !== 'paragraph_open' || text === undefined || close === undefined) continue;
    const [found, kind] = marker.exec(text.content) ?? [];
    if (found === undefined) continue;
    quote.attrSet('class', `alert-${kind?.toLowerCase()}`);
    const title = `**${alertTitle[kind as AlertKind]}**`;
    const rest = text.content.slice(found.length);
    text.content = rest === '' ? title : `${title}<br>${rest}`;
  }
}
