import { createHash } from 'node:crypto';

/** Longest name of a document's file or folder, without ending or suffix, in UTF-8 bytes. */
export const maxNameBytes = 120;

// oxlint-disable-next-line no-control-regex -- the whole of ASCII is meant
const isAscii = /^[\x00-\x7F]*$/;
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

const devices = Array.from('0123456789¹²³', (digit) => [`com${digit}`, `lpt${digit}`]).flat();
/** Names that a file system, a tool or the mirror itself gives a meaning. Compared case-folded. */
const reserved = new Set(
  devices.concat(
    ['con', 'prn', 'aux', 'nul', 'conin$', 'conout$', 'clock$'],
    ['readme', 'index', 'agents', 'claude', 'gemini', 'skill', 'llms', 'copilot-instructions'],
    ['git', 'context-sync', 'node-modules'],
  ),
);

/** The file name that a title asks for: lower case, letters and digits of every script, `-`. */
export function nameOfTitle(title: string): string {
  return toName(title.normalize('NFC').toLowerCase());
}

/** The file name that a slug asks for, in its own case. */
export function nameOfSlug(slug: string): string {
  return toName(slug.normalize('NFC'));
}

function toName(text: string): string {
  const name = text
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^(?:-|\p{M})+|-+$/gu, '')
    .normalize('NFC');
  return name === '' ? 'untitled' : name;
}

/** Tells whether a name must carry a suffix wherever it stands. */
export function isReservedName(name: string): boolean {
  return reserved.has(foldName(name));
}

/** Two names with the same fold are one file on some file system. */
export function foldName(name: string): string {
  if (isAscii.test(name)) return name.toLowerCase();
  return name.normalize('NFC').toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFC');
}

/** Cuts a name at a grapheme so that it takes at most `maxBytes`. */
export function cutName(name: string, maxBytes: number): string {
  if (Buffer.byteLength(name) <= maxBytes) return name;
  let bytes = 0;
  let cut = '';
  for (const { segment } of graphemes.segment(name)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > maxBytes) break;
    cut += segment;
  }
  return cut.replace(/-+$/, '') || 'untitled';
}

/** What tells apart two documents that ask for the same name: `~` and hex digits of the id's hash. */
export function nameSuffix(id: string, digits: number): string {
  return `~${createHash('sha256').update(id).digest('hex').slice(0, digits)}`;
}
