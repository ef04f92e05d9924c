import { buildElement } from '../storage/build-element.ts';
import type { XmlNode } from '../storage/xml.ts';

/** What Jira shows a small picture for, by the name that storage has for it. */
const names: Readonly<Record<string, string>> = {
  ':)': 'smile',
  ':-)': 'smile',
  ':(': 'sad',
  ':-(': 'sad',
  ':P': 'cheeky',
  ':p': 'cheeky',
  ':-P': 'cheeky',
  ':D': 'laugh',
  ':-D': 'laugh',
  ';)': 'wink',
  ';-)': 'wink',
  '(y)': 'thumbs-up',
  '(n)': 'thumbs-down',
  '(i)': 'information',
  '(/)': 'tick',
  '(x)': 'cross',
  '(!)': 'warning',
  '(+)': 'plus',
  '(-)': 'minus',
  '(?)': 'question',
  '(on)': 'light-on',
  '(off)': 'light-off',
  '(*)': 'yellow-star',
  '(*r)': 'red-star',
  '(*g)': 'green-star',
  '(*b)': 'blue-star',
  '(*y)': 'yellow-star',
};

const pictures: Readonly<Record<string, string>> = { '(flag)': '🚩', '(flagoff)': '🏳️' };

const signs = [...Object.keys(names), ...Object.keys(pictures)].toSorted(
  (a, b) => b.length - a.length,
);

/** The sign that stands at a place in a text. */
export function emoticonAt(text: string, at: number): string | undefined {
  return signs.find((sign) => text.startsWith(sign, at));
}

export function emoticonNode(sign: string): XmlNode {
  return pictures[sign] ?? buildElement('ac:emoticon', { 'ac:name': names[sign] ?? '' });
}
