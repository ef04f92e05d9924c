import { cleanText } from '../clean-text.ts';
import { LossCounter } from '../lossy.ts';
import type { ConvertedBody, StorageReferences } from '../storage/references.ts';
import { treeToMarkdown } from '../storage/tree-to-markdown.ts';
import type { Lowering } from './lowering.ts';
import { lowerWikiMacro } from './macro-elements.ts';
import { readMacros } from './macro-tree.ts';
import { joinLinks } from './spanning-links.ts';
import { readBlocks } from './wiki-blocks.ts';
import { readInline } from './wiki-inline.ts';

/**
 * Converts the wiki markup of Jira, and of Confluence before version 4. It never throws and loses no
 * text: what is no markup stays as it is written. Equal input gives equal output.
 *
 * The markup: https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all
 */
export function wikiToMarkdown(wiki: string, references: StorageReferences): ConvertedBody {
  const lossy = new LossCounter();
  const { text, dropped } = cleanText(wiki.replaceAll(/\r\n?/g, '\n'));
  lossy.add('invisible character', dropped);
  return treeToMarkdown(lowering.blocks(readMacros(text)), references, lossy);
}

const lowering: Lowering = {
  blocks: (pieces) => readBlocks(joinLinks(pieces), lowering),
  inline: (pieces) => readInline(pieces, lowering),
  macro: (macro) => lowerWikiMacro(macro, lowering),
};
