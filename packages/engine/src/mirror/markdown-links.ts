import { decodeDestination, readDestination } from './link-destination.ts';

/** A link or image in a Markdown text, by the offsets of its parts. */
export interface MarkdownLink {
  readonly form: 'inline' | 'image' | 'autolink' | 'attribute';
  /** First character of the whole: `[`, `!` or `<`. */
  readonly start: number;
  /** Behind the last character of the whole (of the opening tag for `attribute`). */
  readonly end: number;
  /** The text between the brackets; empty and behind the tag for `attribute`. */
  readonly labelStart: number;
  readonly labelEnd: number;
  /** The destination as written. */
  readonly destinationStart: number;
  readonly destinationEnd: number;
  /** What the destination means. */
  readonly destination: string;
  /** It has no text yet: `[](…)` or `<a href="…"></a>`. */
  readonly empty: boolean;
}

interface Bracket {
  readonly start: number;
  readonly label: number;
  readonly image: boolean;
}

const special = /[\\`[\]<\n]/g;
const fence = /^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})(.*)$/;
const absolute = /^(?:ctx:|https?:\/\/)/;

/**
 * Finds the links of a Markdown text that point at a `ctx:` or an absolute http(s) URL, ordered by
 * their ends. Fenced code, code spans and escaped brackets hold none. One pass, linear time.
 */
export function findLinks(markdown: string): MarkdownLink[] {
  if (!markdown.includes('ctx:') && !markdown.includes('://')) return [];
  return new LinkScanner(markdown).scan();
}

class LinkScanner {
  readonly #text: string;
  readonly #links: MarkdownLink[] = [];
  #brackets: Bracket[] = [];
  /** Where the paragraph ends that was last looked at. */
  #blockEnd = -1;
  /** Lengths of backtick runs that have no partner in this paragraph. */
  readonly #unpaired = new Set<number>();

  constructor(text: string) {
    this.#text = text;
  }

  scan(): MarkdownLink[] {
    let at = this.#startLine(0);
    while (at < this.#text.length) {
      special.lastIndex = at;
      const found = special.exec(this.#text)?.index;
      if (found === undefined) break;
      at = this.#read(found);
    }
    return this.#links;
  }

  #read(at: number): number {
    switch (this.#text[at]) {
      case '\n':
        return this.#startLine(at + 1);
      case '\\':
        // An escaped line break still starts a line.
        return this.#text[at + 1] === '\n' ? at + 1 : at + 2;
      case '`':
        return this.#skipCodeSpan(at);
      case '[':
        return this.#openBracket(at);
      case ']':
        return this.#closeBracket(at);
      default:
        return this.#readAngle(at);
    }
  }

  /** Gives the first offset worth reading at the start of a line: behind a fenced block, if one starts. */
  #startLine(start: number): number {
    let at = start;
    for (;;) {
      const end = this.#lineEnd(at);
      const marker = this.#openingFence(this.#text.slice(at, end));
      if (marker === undefined) return at;
      at = this.#skipFence(end + 1, marker);
    }
  }

  #openingFence(line: string): string | undefined {
    if (line.trim() === '') this.#brackets = [];
    if (!line.includes('```') && !line.includes('~~~')) return undefined;
    const [, marker, info = ''] = fence.exec(line) ?? [];
    return marker?.startsWith('`') === true && info.includes('`') ? undefined : marker;
  }

  #lineEnd(from: number): number {
    const end = this.#text.indexOf('\n', from);
    return end === -1 ? this.#text.length : end;
  }

  #skipFence(from: number, marker: string): number {
    const closing = new RegExp(`^[\\s>]*\\${marker[0]}{${marker.length},}\\s*$`);
    for (let at = from; at < this.#text.length;) {
      const end = this.#lineEnd(at);
      if (closing.test(this.#text.slice(at, end))) return end + 1;
      at = end + 1;
    }
    return this.#text.length;
  }

  #skipCodeSpan(start: number): number {
    let end = start;
    while (this.#text[end] === '`') end += 1;
    const length = end - start;
    const limit = this.#paragraphEnd(start);
    if (this.#unpaired.has(length)) return end;
    for (let at = this.#text.indexOf('`', end); at !== -1 && at < limit;) {
      let close = at;
      while (this.#text[close] === '`') close += 1;
      if (close - at === length) return close;
      at = this.#text.indexOf('`', close);
    }
    this.#unpaired.add(length);
    return end;
  }

  #paragraphEnd(at: number): number {
    if (at < this.#blockEnd) return this.#blockEnd;
    const blank = /\n[ \t>]*\n/g;
    blank.lastIndex = at;
    this.#blockEnd = blank.exec(this.#text)?.index ?? this.#text.length;
    this.#unpaired.clear();
    return this.#blockEnd;
  }

  #openBracket(at: number): number {
    const image = this.#text[at - 1] === '!' && this.#text[at - 2] !== '\\';
    this.#brackets.push({ start: image ? at - 1 : at, label: at + 1, image });
    return at + 1;
  }

  #closeBracket(at: number): number {
    const bracket = this.#brackets.pop();
    if (bracket === undefined || this.#text[at + 1] !== '(') return at + 1;
    const span = readDestination(this.#text, at + 2);
    if (span === undefined) return at + 1;
    const end = span.close + 1;
    this.#add({
      form: bracket.image ? 'image' : 'inline',
      start: bracket.start,
      end,
      labelStart: bracket.label,
      labelEnd: at,
      destinationStart: span.start,
      destinationEnd: span.end,
      empty: bracket.label === at,
    });
    return end;
  }

  #readAngle(at: number): number {
    const autolink = /<(https?:\/\/[^\s<>]*)>/y;
    autolink.lastIndex = at;
    if (autolink.test(this.#text)) {
      const end = autolink.lastIndex;
      const inside = {
        labelStart: at + 1,
        labelEnd: end - 1,
        destinationStart: at + 1,
        destinationEnd: end - 1,
      };
      this.#add({ form: 'autolink', start: at, end, ...inside, empty: false });
      return end;
    }
    const tag =
      /<[A-Za-z][A-Za-z0-9-]*(?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*\/?>/y;
    tag.lastIndex = at;
    if (!tag.test(this.#text)) return at + 1;
    this.#readTag(at, tag.lastIndex);
    return tag.lastIndex;
  }

  #readTag(start: number, end: number): void {
    const tag = this.#text.slice(start, end);
    const attribute = /\s(?:href|src)="([^"]*)"/i.exec(tag);
    if (attribute?.[1] === undefined) return;
    const destinationEnd = start + attribute.index + attribute[0].length - 1;
    const destinationStart = destinationEnd - attribute[1].length;
    const empty = /^<a\s/i.test(tag) && this.#text.startsWith('</a>', end);
    const label = { labelStart: end, labelEnd: end };
    this.#add({ form: 'attribute', start, end, ...label, destinationStart, destinationEnd, empty });
  }

  #add(link: Omit<MarkdownLink, 'destination'>): void {
    const written = this.#text.slice(link.destinationStart, link.destinationEnd);
    const destination = decodeDestination(written);
    if (absolute.test(destination)) this.#links.push({ ...link, destination });
  }
}
