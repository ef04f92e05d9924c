import { inflateRawSync } from 'node:zlib';

import { cleanText } from '../clean-text.ts';

/** What a packed parameter may unpack to, in bytes: a small one can hold gigabytes. */
const maxUnpacked = 4 * 1024 * 1024;

/** Undoes percent-encoding; text that is not encoded, or wrongly, stays. */
export function decodePercent(text: string): string {
  try {
    return cleanText(decodeURIComponent(text)).text;
  } catch {
    // A percent sign that encodes nothing: the text is meant as it stands.
    return text;
  }
}

/** Reads base64, deflated or not; `undefined` when it is neither or unpacks to too much. */
export function unpack(base64: string, isDeflated: boolean): string | undefined {
  if (!/^[\w+/=\s-]+$/.test(base64)) return undefined;
  const bytes = Buffer.from(base64, 'base64');
  try {
    const plain = isDeflated ? inflateRawSync(bytes, { maxOutputLength: maxUnpacked }) : bytes;
    return cleanText(new TextDecoder('utf-8', { fatal: true }).decode(plain)).text;
  } catch {
    // Not what the macro says it is.
    return undefined;
  }
}
