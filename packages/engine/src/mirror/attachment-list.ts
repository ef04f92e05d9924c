import { compareBytes, compareIds } from './byte-order.ts';
import { linkDestination } from './link-destination.ts';
import { escapeMarkdown } from './markdown-text.ts';
import type { Part } from './parts-below.ts';
import { relativePath } from './relative-path.ts';

const sizeUnits = ['B', 'kB', 'MB', 'GB', 'TB'];

/** The attachments of a page for the end of its file, which lies in `folder`; '' when it has none. */
export function renderAttachments(parts: readonly Part[], folder: string): string {
  const attachments = parts.filter(({ placement }) => placement === 'attachment');
  if (attachments.length === 0) return '';
  const lines = attachments
    .toSorted(compareAttachments)
    .map((part) => attachmentLine(part, folder));
  return `## Attachments\n\n${lines.join('\n')}\n`;
}

function compareAttachments(a: Part, b: Part): number {
  return (
    compareBytes(a.title.toLowerCase(), b.title.toLowerCase()) || compareIds(a.doc_id, b.doc_id)
  );
}

function attachmentLine({ title, url, download, stored }: Part, folder: string): string {
  const text = escapeMarkdown(title) || 'Untitled';
  const href = download === null ? url : relativePath(folder, download);
  const { size, mediaType } = stored.metadata ?? {};
  const facts = [
    href === null ? text : `[${text}](${linkDestination(href)})`,
    typeof size === 'number' ? formatSize(size) : '',
    typeof mediaType === 'string' ? escapeMarkdown(mediaType) : '',
  ];
  return `- ${facts.filter((fact) => fact !== '').join(' · ')}`;
}

/** e.g. `812 B`, `12 kB`, `3.4 MB`; '' for what is no size. */
function formatSize(bytes: number): string {
  if (!Number.isFinite(bytes) || bytes < 0) return '';
  let value = Math.round(bytes);
  let unit = 0;
  while (value >= 999.5 && unit < sizeUnits.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const isExact = unit === 0 || value >= 9.95;
  return `${isExact ? Math.round(value) : Number(value.toFixed(1))} ${sizeUnits[unit]}`;
}
