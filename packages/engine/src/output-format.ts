/** What the files of a source are written as. */
export type OutputFormat = 'markdown' | 'html';

export const outputFormats = ['markdown', 'html'] as const satisfies readonly OutputFormat[];

export const defaultOutput: OutputFormat = 'markdown';
