import { buildElement, buildMacro } from '../storage/build-element.ts';
import type { XmlNode } from '../storage/xml.ts';
import type { Lowering } from './lowering.ts';
import type { WikiMacro } from './macro-tree.ts';
import { lowerSpanningLink, spanningLink } from './spanning-links.ts';

type MacroLowering = (macro: WikiMacro, lowering: Lowering) => XmlNode[];

/** Makes of a macro of wiki markup what storage has for it. */
export function lowerWikiMacro(macro: WikiMacro, lowering: Lowering): XmlNode[] {
  return (lowerings.get(macro.name) ?? lowerNamed)(macro, lowering);
}

const lowerRaw: MacroLowering = ({ name, parameters, raw = '' }) => [
  buildMacro(name, {
    parameters: {
      language: parameters.get('language') ?? parameters.get(''),
      title: parameters.get('title'),
    },
    plain: raw,
  }),
];

const lowerQuote: MacroLowering = ({ body }, lowering) => [
  buildElement('blockquote', {}, lowering.blocks(body)),
];

/** Colour goes around blocks as well as around a word. */
const lowerColour: MacroLowering = ({ body, parameters }, lowering) => {
  const blocks = lowering.blocks(body);
  const [only] = blocks;
  const isWord = blocks.length === 1 && typeof only === 'object' && only.name === 'p';
  const colour = parameters.get('') ?? 'inherit';
  return [buildElement('span', { style: `color: ${colour}` }, isWord ? only.children : blocks)];
};

const lowerFrame: MacroLowering = ({ body }, lowering) => [
  buildElement('div', {}, lowering.blocks(body)),
];

const lowerAnchor: MacroLowering = ({ parameters }) => [
  buildMacro('anchor', { parameters: { '': parameters.get('') } }),
];

const lowerStatus: MacroLowering = ({ name, parameters }) => [
  buildMacro(name, {
    parameters: {
      colour: parameters.get('colour') ?? parameters.get('color'),
      title: parameters.get('title') ?? parameters.get(''),
    },
  }),
];

/** The macros that storage knows by the same name. */
const lowerNamed: MacroLowering = ({ body, name, parameters }, lowering) => [
  buildMacro(name, {
    parameters: { title: parameters.get('title') ?? parameters.get('') },
    rich: lowering.blocks(body),
  }),
];

const lowerings: ReadonlyMap<string, MacroLowering> = new Map([
  ['anchor', lowerAnchor],
  ['center', lowerFrame],
  ['code', lowerRaw],
  ['color', lowerColour],
  ['div', lowerFrame],
  ['noformat', lowerRaw],
  ['quote', lowerQuote],
  ['status', lowerStatus],
  [spanningLink, lowerSpanningLink],
  ['toc', () => []],
]);
