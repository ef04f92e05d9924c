import { buildElement } from '../storage/build-element.ts';
import type { XmlNode } from '../storage/xml.ts';
import { afterStart, isBlank, type Line, startOf, toLines } from './lines.ts';
import type { Lowering } from './lowering.ts';
import type { Piece } from './macro-tree.ts';
import { isListItem, readList } from './wiki-lists.ts';
import { isTableRow, readTable } from './wiki-tables.ts';

const heading = /^\s*h([1-6])\.\s*/;
const quote = /^\s*bq\.\s+/;
const rule = /^\s*-{4,}\s*$/;

/** Reads the blocks of wiki markup: https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa */
export function readBlocks(pieces: readonly Piece[], lowering: Lowering): XmlNode[] {
  const lines = toLines(pieces);
  const blocks: XmlNode[] = [];
  let paragraph: Line[] = [];
  const endParagraph = (): void => {
    if (paragraph.length > 0) blocks.push(buildElement('p', {}, readLines(paragraph, lowering)));
    paragraph = [];
  };
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? [];
    const block = readBlock(lines, at, lowering);
    if (block !== undefined || isBlank(line)) endParagraph();
    else paragraph.push(line);
    if (block !== undefined) for (const node of block.nodes) blocks.push(node);
    at = block?.end ?? at + 1;
  }
  endParagraph();
  return blocks;
}

interface Block {
  readonly nodes: readonly XmlNode[];
  /** The first line after it. */
  readonly end: number;
}

function readBlock(lines: readonly Line[], at: number, lowering: Lowering): Block | undefined {
  const line = lines[at] ?? [];
  const one = readOneLine(line, lowering);
  if (one !== undefined) return { nodes: [one], end: at + 1 };
  if (isListItem(line)) {
    const end = endOf(lines, at, (next) => !isBlank(next) && !startsBlock(next));
    return { nodes: readList(lines.slice(at, end), lowering), end };
  }
  if (!isTableRow(line)) return undefined;
  let isClosed = endsRow(line);
  const end = endOf(lines, at, (next) => {
    const goesOn = isTableRow(next) || (!isClosed && !isBlank(next));
    isClosed = endsRow(next);
    return goesOn;
  });
  return { nodes: [readTable(lines.slice(at, end), lowering)], end };
}

function readOneLine(line: Line, lowering: Lowering): XmlNode | undefined {
  const start = startOf(line);
  if (line.length === 1 && rule.test(start)) return buildElement('hr', {});
  const level = heading.exec(start);
  if (level !== null && (line.length > 1 || level[0].length < start.length)) {
    const content = lowering.inline(afterStart(line, level[0].length));
    return buildElement(`h${level[1]}`, {}, content);
  }
  const mark = quote.exec(start);
  if (mark === null) return undefined;
  const content = lowering.inline(afterStart(line, mark[0].length));
  return buildElement('blockquote', {}, [buildElement('p', {}, content)]);
}

function endOf(lines: readonly Line[], at: number, goesOn: (line: Line) => boolean): number {
  let end = at + 1;
  for (let next = lines[end]; next !== undefined && goesOn(next); next = lines[end]) end += 1;
  return end;
}

function startsBlock(line: Line): boolean {
  const start = startOf(line);
  const isRule = line.length === 1 && rule.test(start);
  return isRule || heading.test(start) || quote.test(start) || isTableRow(line);
}

function endsRow(line: Line): boolean {
  const last = line.at(-1);
  return typeof last === 'string' && last.trimEnd().endsWith('|');
}

/** Jira shows each end of a line. */
function readLines(lines: readonly Line[], lowering: Lowering): XmlNode[] {
  return lines.flatMap((line, index) =>
    index === 0 ? lowering.inline(line) : [buildElement('br', {}), ...lowering.inline(line)],
  );
}
