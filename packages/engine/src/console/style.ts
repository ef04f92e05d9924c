import { styleText } from 'node:util';

/** Marks text for a terminal, or leaves it as it is where colours are not wanted. */
export type Style = (
  format: 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan',
  text: string,
) => string;

/** When to colour. */
export type ColorMode = 'auto' | 'always' | 'never';

/**
 * Whether a stream gets colours: `--color` first, then NO_COLOR and FORCE_COLOR
 * (https://no-color.org, https://force-color.org), else only a terminal that knows them.
 */
export function wantsColor(
  mode: ColorMode,
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (mode !== 'auto') return mode === 'always';
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return isTerminal && env['TERM'] !== 'dumb';
}

/** The style of a stream. */
export function createStyle(colored: boolean): Style {
  return colored
    ? (format, text) => styleText(format, text, { validateStream: false })
    : (_, text) => text;
}
