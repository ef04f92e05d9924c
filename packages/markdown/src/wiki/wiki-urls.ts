const schemes = ['https://', 'http://', 'ftp://', 'ftps://', 'file://', 'mailto:'];

const ends = /[\s|[\]{}<>"]/;
const trailing = new Set(".,;:!?'*_~+^-)");

/** The address that stands at a place in a text, without the punctuation that follows it. */
export function bareAddressAt(text: string, at: number): string | undefined {
  const scheme = schemes.find((each) => text.startsWith(each, at));
  if (scheme === undefined) return undefined;
  let end = at + scheme.length;
  let opened = 0;
  while (end < text.length && !ends.test(text[end] ?? '')) {
    if (text[end] === '(') opened += 1;
    end += 1;
  }
  while (end > at + scheme.length && trailing.has(text[end - 1] ?? '')) {
    if (text[end - 1] === ')' && opened > 0) break;
    end -= 1;
  }
  return end > at + scheme.length ? text.slice(at, end) : undefined;
}
