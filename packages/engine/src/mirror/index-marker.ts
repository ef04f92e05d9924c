/** The first line of an index in Markdown, the second of one in HTML: it tells whose file that is. */
export const indexMarker = '<!-- Made by context-sync. Changes to this file are overwritten. -->';
