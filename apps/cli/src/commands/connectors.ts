import { type ConnectorInfo, getAllConnectors } from '@context-sync/engine';
import { ExitCode, withCommands } from '@context-sync/engine/console';
import { alignColumns, cleanLine, cleanLines } from '@context-sync/engine/text';

import type { CommandResult, Invocation } from '../command.ts';
import { openProjectOf } from '../project.ts';

/** Lists the connectors that are installed, who uses them, and why one cannot be used. */
export async function connectors(invocation: Invocation): Promise<CommandResult> {
  const project = await openProjectOf(invocation);
  const found = withCommands(await getAllConnectors(project), invocation.nextCommand);
  return {
    exitCode: ExitCode.ok,
    data: { connectors: found },
    text: connectorsText(found, invocation),
  };
}

function connectorsText(found: readonly ConnectorInfo[], { style }: Invocation): string {
  if (found.length === 0) {
    return 'No connector is installed. Install one, for example: npm install @context-sync/connector-confluence';
  }
  const rows = found.map(({ type, package: name, version, contract, usedBy, problem }) => [
    cleanLine(type),
    cleanLine(`${name}@${version}`),
    cleanLine(contract),
    usedBy.length === 0 ? '-' : usedBy.map(cleanLine).join(', '),
    problem === undefined ? '' : 'broken',
  ]);
  const [head = '', ...lines] = alignColumns([
    ['TYPE', 'PACKAGE', 'CONTRACT', 'USED BY', ''],
    ...rows,
  ]);
  const problems = found.flatMap(({ type, problem }) =>
    problem === undefined
      ? []
      : [
          `${style('red', '✖')} ${cleanLine(type)}: ${cleanLines(problem.message)}`,
          ...fixLine(problem.hint),
        ],
  );
  return [style('bold', head), ...lines, ...problems].join('\n');
}

function fixLine(hint: string | undefined): string[] {
  return hint === undefined ? [] : [`  fix: ${cleanLines(hint)}`];
}
