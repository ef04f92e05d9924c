import type { ListItem, RootContent } from 'mdast';

import { cleanText } from '../../clean-text.ts';
import { paragraph, strong, text } from '../../mdast/nodes.ts';
import { decodePercent } from '../encoded-text.ts';
import { toItem } from '../lists.ts';
import { type MacroHandler, parameter } from '../macro.ts';
import { fromParameters } from '../parameter-macro.ts';

/** `roadmap`: its lanes and bars as lists. All is in one parameter, as percent-encoded JSON. */
export const convertRoadmap: MacroHandler = fromParameters((macro, reader) => {
  const plan = readJson(decodePercent(parameter(macro, 'source') ?? ''));
  const lanes = itemsOf(plan, 'lanes').flatMap(laneItem);
  if (lanes.length === 0 || !reader.canNest) return undefined;
  reader.lost('macro roadmap');
  const title = titleOf(plan);
  const heading = title === '' ? [] : [paragraph(strong(text(title)))];
  const markers = itemsOf(plan, 'markers').flatMap(barItem);
  return [...heading, list([...lanes, ...markers])];
});

function laneItem(lane: unknown): ListItem[] {
  const title = titleOf(lane);
  const bars = itemsOf(lane, 'bars').flatMap(barItem);
  if (title === '' && bars.length === 0) return [];
  return [toItem([paragraph(text(title)), ...(bars.length === 0 ? [] : [list(bars)])])];
}

function barItem(bar: unknown): ListItem[] {
  const day = textField(bar, 'startDate') || textField(bar, 'markerDate');
  const facts = [titleOf(bar), day.replace(/ .*$/, ''), textField(bar, 'description')];
  const words = facts.filter((fact) => fact !== '').join(' · ');
  return words === '' ? [] : [toItem([paragraph(text(words))])];
}

function list(children: ListItem[]): RootContent {
  return { type: 'list', spread: false, children };
}

function titleOf(value: unknown): string {
  return textField(value, 'title').replaceAll(/\s+/g, ' ').trim();
}

function textField(value: unknown, name: string): string {
  const field = fieldOf(value, name);
  return typeof field === 'string' ? cleanText(field).text : '';
}

function itemsOf(value: unknown, name: string): unknown[] {
  const field = fieldOf(value, name);
  return Array.isArray(field) ? field : [];
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

function readJson(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    // Not a plan that this reader knows.
    return undefined;
  }
}
