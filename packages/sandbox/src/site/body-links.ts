/** A link in a body that names its target by title, as the storage format does. */
export interface BodyLink {
  readonly kind: 'page' | 'blogpost';
  readonly title: string;
  /** Absent when the target is in the space of the body. */
  readonly spaceKey: string | undefined;
}

const cdata = /(<!\[CDATA\[[\s\S]*?\]\]>)/;
const linkTag = /<ri:(page|blog-post)\b(?:[^>"']|"[^"]*"|'[^']*')*>/g;
const titleAttribute = /\sri:content-title="([^"]*)"/;
const spaceAttribute = /\sri:space-key="([^"]*)"/;
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Writes text as storage format does in attributes and between tags. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

function unescapeXml(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;|&apos;/g, "'")
    .replace(/&amp;/g, '&');
}

function readTag(tag: string): BodyLink | undefined {
  const title = titleAttribute.exec(tag)?.[1];
  if (title === undefined) return undefined;
  const spaceKey = spaceAttribute.exec(tag)?.[1];
  return {
    kind: tag.startsWith('<ri:page') ? 'page' : 'blogpost',
    title: unescapeXml(title),
    spaceKey: spaceKey === undefined ? undefined : unescapeXml(spaceKey),
  };
}

function writeTag(tag: string, link: BodyLink): string {
  const space = link.spaceKey === undefined ? '' : ` ri:space-key="${escapeXml(link.spaceKey)}"`;
  return tag
    .replace(spaceAttribute, '')
    .replace(titleAttribute, () => `${space} ri:content-title="${escapeXml(link.title)}"`);
}

/** The links of a body that name a title. Code samples are not links. */
export function readLinks(body: string): BodyLink[] {
  const parts = body.split(cdata).filter((part) => !cdata.test(part));
  return parts
    .flatMap((part) => part.match(linkTag) ?? [])
    .map(readTag)
    .filter((link) => link !== undefined);
}

/** The body with each link replaced by what `change` gives; `undefined` leaves it as it is. */
export function rewriteLinks(
  body: string,
  change: (link: BodyLink) => BodyLink | undefined,
): string {
  const rewriteTag = (tag: string): string => {
    const link = readTag(tag);
    const changed = link && change(link);
    return changed === undefined ? tag : writeTag(tag, changed);
  };
  return body
    .split(cdata)
    .map((part) => (cdata.test(part) ? part : part.replace(linkTag, rewriteTag)))
    .join('');
}
