import { type ConfigDescription, describeConfig } from '@context-sync/engine';
import { ExitCode } from '@context-sync/engine/console';
import { alignColumns, cleanLine } from '@context-sync/engine/text';

import type { CommandResult, Invocation } from '../command.ts';
import { openProjectOf } from '../project.ts';

/** Prints the configuration in use, where each value comes from, and no secret. */
export async function configPrint(invocation: Invocation): Promise<CommandResult> {
  const description = await describeConfig(await openProjectOf(invocation));
  return {
    exitCode: ExitCode.ok,
    data: description,
    text: descriptionText(description, invocation),
  };
}

function descriptionText(description: ConfigDescription, { style }: Invocation): string {
  const { configFile, root, sources, provenance, warnings } = description;
  const fields = Object.entries(sources).flatMap(([name, source]) =>
    leavesOf(source, `sources.${name}`),
  );
  const rows = [['root', root], ...fields].map(([field = '', value = '']) => [
    cleanLine(field),
    cleanLine(value),
    cleanLine(provenance[field] ?? ''),
  ]);
  const [head = '', ...lines] = alignColumns([['FIELD', 'VALUE', 'FROM'], ...rows]);
  return [
    `Config file: ${configFile === undefined ? 'none, the environment alone' : cleanLine(configFile)}`,
    style('bold', head),
    ...lines,
    ...(fields.length === 0 ? ['No source is configured.'] : []),
    ...warnings.map((warning) => `${style('yellow', '!')} ${cleanLine(warning)}`),
  ].join('\n');
}

/** Every value with its field; a list is one value. */
function leavesOf(value: unknown, field: string): [field: string, value: string][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([key, member]) => leavesOf(member, `${field}.${key}`));
  }
  return [[field, typeof value === 'string' ? value : JSON.stringify(value)]];
}
