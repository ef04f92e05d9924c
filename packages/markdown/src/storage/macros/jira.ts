import { type Mixed, text } from '../../mdast/nodes.ts';
import { link } from '../links.ts';
import { type Macro, type MacroHandler, parameter } from '../macro.ts';
import { bodyOf, firstParameter } from '../parameter-macro.ts';
import type { StorageReader } from '../reader.ts';
import type { JiraReference } from '../references.ts';
import { convertUnknownMacro, visibleMacro } from '../visible-macro.ts';

/** `jira`: one issue as a link. A table of them stays visible, with its query and where to run it. */
export const convertJira: MacroHandler = (macro, reader) => {
  const key = firstParameter(macro, ['key', 'issueKey', '']);
  if (key !== undefined) return [...issue(key, macro, reader), ...bodyOf(macro, reader)];
  const jql = firstParameter(macro, ['jqlQuery', 'jql']);
  const url = jql === undefined ? undefined : address({ ...serverOf(macro), jql }, reader);
  if (url === undefined) return convertUnknownMacro(macro, reader);
  return visibleMacro(macro, reader, [link([text('open in Jira')], { url, fallback: '' }, reader)]);
};

function issue(key: string, macro: Macro, reader: StorageReader): Mixed[] {
  const url = address({ ...serverOf(macro), key }, reader);
  return url === undefined
    ? [{ type: 'inlineCode', value: key }]
    : link([text(key)], { url, fallback: key }, reader);
}

function address(reference: JiraReference, reader: StorageReader): string | undefined {
  return reader.references.jira?.(reference);
}

function serverOf(macro: Macro): { server?: string } {
  const server = parameter(macro, 'server');
  return server === undefined ? {} : { server };
}
