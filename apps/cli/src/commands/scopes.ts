import { listScopes, type ScopeInfo } from '@context-sync/engine';
import { ExitCode, errorShapeBlock, withCommands } from '@context-sync/engine/console';
import { alignColumns, cleanLine, formatCount } from '@context-sync/engine/text';

import type { CommandResult, Invocation } from '../command.ts';
import { openProjectOf, requireSource } from '../project.ts';

/** Lists the scopes that a source offers, and what the mirror holds of each. */
export async function scopes(invocation: Invocation): Promise<CommandResult> {
  const [source = ''] = invocation.args;
  const project = await openProjectOf(invocation);
  requireSource(
    source,
    project.sources.map(({ name }) => name),
    invocation,
  );
  const signal = invocation.interrupt.watch();
  const listed = await listScopes(project, source, {
    signal,
    all: invocation.options.all === true,
  });
  const found = withCommands(listed, invocation.nextCommand);
  return {
    exitCode: ExitCode.ok,
    data: { source, scopes: found },
    text: scopesText(source, found, invocation),
  };
}

function scopesText(source: string, found: readonly ScopeInfo[], invocation: Invocation): string {
  if (found.length === 0) {
    return `${cleanLine(source)} shows nothing to these credentials. Check them with: ${invocation.nextCommand('doctor', source)}`;
  }
  const rows = found.map(({ scope, mirrored, documents }) => [
    cleanLine(scope.slug),
    cleanLine(scope.title),
    cleanLine(scope.kind),
    mirrored ? 'yes' : 'no',
    formatCount(documents),
  ]);
  const [head = '', ...lines] = alignColumns([
    ['KEY', 'TITLE', 'KIND', 'MIRRORED', 'DOCUMENTS'],
    ...rows,
  ]);
  const problems = found.flatMap(({ scope, error }) =>
    error === undefined
      ? []
      : [errorShapeBlock(`${source}:${scope.slug}`, error, invocation.style)],
  );
  return [invocation.style('bold', head), ...lines, ...problems].join('\n');
}
