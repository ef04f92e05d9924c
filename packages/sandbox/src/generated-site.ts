import { draw } from './faults/draw.ts';
import { addParts } from './generated-parts.ts';
import { escapeXml } from './site/body-links.ts';
import { ConfluenceSite } from './site/confluence-site.ts';

/** How much of everything; the same options give the same site. */
export interface GeneratedSiteOptions {
  readonly spaces: number;
  /** Pages in all, the homepage of each space among them; at least one for each space. */
  readonly pages: number;
  /** Blog posts in all. @default 0 */
  readonly blogposts?: number;
  /** Comments in all, a quarter of them replies and a fifth inline. @default 0 */
  readonly comments?: number;
  /** Attachments in all, up to 100 KB each. @default 0 */
  readonly attachments?: number;
  /** Labels in all, of eight names. @default 0 */
  readonly labels?: number;
  /** The same seed gives the same site. @default 1 */
  readonly seed?: number;
}

const childrenPerPage = 8;
const topics = ['Runbook', 'Design', 'Decision', 'Review', 'Guide', 'Report', 'Plan', 'Checklist'];
const things = ['billing', 'search', 'login', 'export', 'queue', 'gateway', 'mobile', 'data lake'];
const sentences = [
  'The service keeps its state in one table and rebuilds the rest when it starts.',
  'Ask in the channel before you change a limit, because three teams share it.',
  'Every alert links to this page; if it does not help, correct it while you still remember.',
  'We measured this twice, on a quiet day and on a busy one, and the difference was small.',
  'Older clients send the field as text, so both forms have to be read for another year.',
  'A retry is safe here: the second request finds the record and changes nothing.',
  'The numbers come from the dashboard and are rounded to whole minutes.',
  'Nobody is paged for this at night; it waits until somebody is awake.',
];

function pick(list: readonly string[], seed: number, index: number): string {
  return list[Math.floor(draw(seed, index) * list.length)] ?? '';
}

function titleOf(seed: number, index: number): string {
  return `${pick(topics, seed, index * 2)} for ${pick(things, seed, index * 2 + 1)} ${index}`;
}

function paragraph(seed: number, index: number): string {
  const parts = [0, 1, 2, 3].map((part) => pick(sentences, seed, index * 4 + part));
  return `<p>${parts.join(' ')}</p>`;
}

/** About 2.5 KB of headings, text, a list, a table, code and a link, made anew at each call. */
function makeBody(seed: number, index: number, linkTo: string): string {
  const own = (seed ^ Math.imul(index + 1, 0x9e3779b1)) >>> 0;
  const link = `<ac:link><ri:page ri:content-title="${escapeXml(linkTo)}" /></ac:link>`;
  const items = [20, 21, 22].map((item) => `<li><p>${pick(sentences, own, item)}</p></li>`);
  const rows = [30, 31, 32].map(
    (row) => `<tr><td><p>${pick(things, own, row)}</p></td><td><p>${row * index}</p></td></tr>`,
  );
  return [
    `<h2>What it is</h2>${paragraph(own, 1)}${paragraph(own, 2)}`,
    `<h2>What to do</h2><ol>${items.join('')}</ol>${paragraph(own, 3)}`,
    `<table><tbody><tr><th><p>Part</p></th><th><p>Count</p></th></tr>${rows.join('')}</tbody></table>`,
    '<ac:structured-macro ac:name="code"><ac:parameter ac:name="language">bash</ac:parameter>',
    `<ac:plain-text-body><![CDATA[deploy --part ${index} --wait]]></ac:plain-text-body>`,
    `</ac:structured-macro><p>See also ${link}.</p>${paragraph(own, 4)}`,
  ].join('');
}

/**
 * A big site for measurements. It is deterministic, and bodies are made when they are read, so that
 * 10,000 pages are there at once and take little memory.
 */
export function generatedSite(options: GeneratedSiteOptions): ConfluenceSite {
  const { spaces, pages, blogposts = 0, seed = 1 } = options;
  const site = new ConfluenceSite();
  const keys = Array.from({ length: spaces }, (_, index) => `GEN${index + 1}`);
  const ids: string[][] = keys.map((key) => {
    const homepage = { title: `Home of ${key}` };
    site.addSpace({ key, name: `Generated ${key}`, homepage });
    return [site.idOf(key, homepage.title)];
  });
  for (let index = spaces; index < pages; index += 1) {
    const space = index % spaces;
    const siblings = ids[space] ?? [];
    const parent = siblings[Math.floor((siblings.length - 1) / childrenPerPage)] ?? null;
    const linked = Math.max(space + spaces, index - spaces);
    const body = (): string => makeBody(seed, index, titleOf(seed, linked));
    const title = titleOf(seed, index);
    siblings.push(site.addPage({ space: keys[space] ?? '', title, parent, body }));
  }
  for (let index = 0; index < blogposts; index += 1) {
    const body = (): string => makeBody(seed, pages + index, titleOf(seed, spaces));
    const title = `News ${index + 1}: ${pick(things, seed, pages + index)}`;
    site.addPage({ space: keys[index % spaces] ?? '', title, kind: 'blogpost', body });
  }
  addParts(site, options);
  return site;
}
