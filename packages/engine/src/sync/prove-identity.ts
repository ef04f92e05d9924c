import type { CheckReport, ErrorShape } from '@context-sync/core';
import { ConnectorError } from '@context-sync/core';

import type { SourceSession } from './source-session.ts';

/**
 * Proves the credentials, and that they show the same server and account as before.
 *
 * @throws ConnectorError what the failed check says; `config` when the source is another one now
 */
export async function proveIdentity(source: SourceSession): Promise<void> {
  const { session, row, prints, connector } = source;
  const report = await connector.check(source.call(''));
  const identity = provenIdentity(report);
  const isSame =
    (row.identity ?? identity.id) === identity.id &&
    (row.identity_print ?? prints.identity) === prints.identity;
  if (!isSame) {
    throw new ConnectorError(
      'config',
      `The source ${source.name} now shows ${identity.label}, and its mirror was made from ${row.identity_label ?? 'another place'}.`,
      {
        hint: 'Give it another name in the config; then `context-sync cleanup --execute` removes what was mirrored under the old one.',
      },
    );
  }
  session.lock.transaction(() =>
    session.database.run(
      'UPDATE sources SET identity = ?, identity_label = ?, identity_print = ? WHERE id = ?',
      identity.id,
      identity.label,
      prints.identity,
      row.id,
    ),
  );
}

function provenIdentity(report: CheckReport): { id: string; label: string } {
  const failed =
    report.checks.find(({ status }) => status === 'failed') ??
    report.checks.find(({ status }) => status === 'indeterminate');
  if (failed !== undefined) {
    const fallback: ErrorShape = {
      code: failed.status === 'failed' ? 'auth' : 'transient',
      message: failed.message ?? `The check "${failed.id}" did not pass.`,
      ...(failed.fix === undefined ? {} : { hint: failed.fix }),
    };
    const { code, message, ...rest } = failed.error ?? fallback;
    throw new ConnectorError(
      code,
      message,
      failed.fix === undefined ? rest : { ...rest, hint: failed.fix },
    );
  }
  if (report.identity === undefined) {
    throw new ConnectorError('auth', 'The credentials could not be proven.', {
      hint: 'Type: `context-sync doctor`',
    });
  }
  return report.identity;
}
