import { draw } from './faults/draw.ts';
import type { ConfluenceSite } from './site/confluence-site.ts';

/** How many there are of each, in all. */
interface PartCounts {
  readonly comments?: number;
  readonly attachments?: number;
  readonly labels?: number;
  readonly seed?: number;
}

const labelNames = ['how-to', 'decision', 'draft', 'meeting', 'policy', 'service', 'old', 'faq'];

/** Hangs comments, attachments and labels on the pages and blog posts of a site, here and there. */
export function addParts(site: ConfluenceSite, counts: PartCounts): void {
  const { comments = 0, attachments = 0, labels = 0, seed = 1 } = counts;
  const ids = site.contents.all().map(({ id }) => id);
  const pick = (index: number): string => ids[Math.floor(draw(seed, index) * ids.length)] ?? '';
  let last = '';
  for (let index = 0; index < comments; index += 1) {
    const body = `<p>Comment ${index}: is this still so?</p>`;
    const isReply = last !== '' && index % 4 === 3;
    last = isReply ? site.comments.reply(last, { body }) : begin(site, pick(index), index, body);
  }
  for (let index = 0; index < attachments; index += 1) {
    const content = { size: Math.ceil(draw(seed, -index - 1) * 100_000) };
    site.attachments.add({ on: pick(index + comments), name: `file ${index}.bin`, content });
  }
  for (let index = 0; index < labels; index += 1) {
    const name = labelNames[index % labelNames.length] ?? '';
    const id = findWithout(site, ids, Math.floor(draw(seed, index * 3) * ids.length), name);
    if (id !== undefined) site.labels.add(id, name);
  }
}

function begin(site: ConfluenceSite, on: string, index: number, body: string): string {
  return index % 5 === 1
    ? site.comments.addInline({ on, selection: 'What it is', body })
    : site.comments.addFooter({ on, body });
}

/** The first content from there on that lacks the label, so that as many are put as asked. */
function findWithout(
  site: ConfluenceSite,
  ids: readonly string[],
  start: number,
  name: string,
): string | undefined {
  for (let step = 0; step < ids.length; step += 1) {
    const id = ids[(start + step) % ids.length] ?? '';
    if (!site.labels.of(id).some((label) => label.name === name)) return id;
  }
  return undefined;
}
