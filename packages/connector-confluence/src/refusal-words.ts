import type { HttpExplanation } from '@context-sync/core';

/** Quotes Confluence, e.g. `Confluence says: No space with key : ENG`. */
export function says(text: string): string {
  return `Confluence says: ${text.slice(0, 300)}`;
}

/** The list of a space is not there any more, while the credentials are good. */
export function spaceGone(text: string | undefined): HttpExplanation {
  return {
    code: 'scope_gone',
    message: text === undefined ? 'Confluence does not show this space any more.' : says(text),
    hint: 'The space was deleted, or this account may not view it any more: ask for access, or take its key out of "spaces". What is mirrored of it stays.',
  };
}
