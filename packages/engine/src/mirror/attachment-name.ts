import { nameOfTitle } from './file-name.ts';

/** The last dot of a file name and what follows it, when programs would take that for its type. */
const extension = /^(.+)(\.[a-z0-9]{1,15})$/is;

/** The file name that an attachment asks for: its own as a title makes one, with its extension. */
export function nameOfAttachment(fileName: string): string {
  const { stem, ending } = splitName(fileName);
  return nameOfTitle(stem) + ending.toLowerCase();
}

/** A file name without its extension, and the extension with its dot, or ''. */
export function splitName(fileName: string): { stem: string; ending: string } {
  const [, stem, ending] = extension.exec(fileName) ?? [];
  return stem === undefined || ending === undefined
    ? { stem: fileName, ending: '' }
    : { stem, ending };
}
