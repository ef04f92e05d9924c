import { convertAdfExtension } from './adf-extension.ts';
import {
  convertBlock,
  convertBreak,
  convertDetails,
  convertParagraph,
  convertPreformatted,
  convertQuote,
  convertRule,
  heading,
} from './blocks.ts';
import { convertTime } from './dates.ts';
import { convertEmoticon } from './emoticons.ts';
import { dropHidden, dropScript, dropSilently, isHidden } from './hidden.ts';
import { convertHtmlImage, convertImage } from './images.ts';
import {
  convertAnchorElement,
  convertConfluenceLink,
  convertEmbed,
  convertResource,
} from './links.ts';
import { list } from './lists.ts';
import { convertMacro } from './macros.ts';
import { convertSpan, mark } from './marks.ts';
import type { ElementHandler } from './reader.ts';
import { convertTable } from './tables.ts';
import { convertTask, convertTaskList } from './tasks.ts';
import { convertUnknownNode } from './unknown-node.ts';
import type { XmlElement } from './xml.ts';

/** Gives the handler of an element; an element without one is seen through. */
export function handlerOf(element: XmlElement): ElementHandler | undefined {
  return isHidden(element) ? dropHidden : handlers.get(element.name);
}

function all(names: string, handler: ElementHandler): [string, ElementHandler][] {
  return names.split(' ').map((name) => [name, handler]);
}

const handlers: ReadonlyMap<string, ElementHandler> = new Map([
  ['h1', heading(1)],
  ['h2', heading(2)],
  ['h3', heading(3)],
  ['h4', heading(4)],
  ['h5', heading(5)],
  ['h6', heading(6)],
  ...all('p', convertParagraph),
  ...all('blockquote', convertQuote),
  ...all('pre', convertPreformatted),
  ...all('hr', convertRule),
  ...all('br', convertBreak),
  ...all('details', convertDetails),
  ...all('ul', list(false)),
  ...all('ol', list(true)),
  ...all('ac:task-list', convertTaskList),
  ...all('ac:task', convertTask),
  ...all('table', convertTable),
  ...all(
    'address article aside body caption center dd div dl dt figcaption figure footer form header ' +
      'html li main nav section summary tr ac:layout ac:layout-cell ac:layout-section',
    convertBlock,
  ),
  ...all('strong b', mark('strong')),
  ...all('em i cite dfn var ac:placeholder', mark('emphasis')),
  ...all('del s strike', mark('delete')),
  ...all('u ins', mark('u')),
  ...all('sub', mark('sub')),
  ...all('sup', mark('sup')),
  ...all('code kbd samp tt', mark('inlineCode')),
  ...all('span font', convertSpan),
  ...all('time', convertTime),
  ...all('ac:emoticon ac:hipchat-emoticon', convertEmoticon),
  ...all('ac:image ac:thumbnail', convertImage),
  ...all('img', convertHtmlImage),
  ...all('a', convertAnchorElement),
  ...all('ac:link', convertConfluenceLink),
  ...all(
    'ri:attachment ri:blog-post ri:content-entity ri:page ri:shortcut ri:space ri:url ri:user',
    convertResource,
  ),
  ...all('iframe embed object', convertEmbed),
  ...all('ac:structured-macro ac:macro', convertMacro),
  ...all('ac:adf-extension', convertAdfExtension),
  ...all('adf:node', convertUnknownNode),
  ...all('script style', dropScript),
  ...all('ac:adf-attribute ac:task-id ac:task-status ac:task-uuid', dropSilently),
]);
