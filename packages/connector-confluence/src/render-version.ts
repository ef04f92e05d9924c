/**
 * Raised when the Markdown made of the same answer changes: pages, posts and comments are then read
 * again. `render-version.test.ts` tells when that is due.
 */
export const renderVersion = 3;
