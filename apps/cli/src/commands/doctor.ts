import type { Check } from '@context-sync/core';
import {
  checkSource,
  checkState,
  getAllConnectors,
  type Project,
  type SourceCheck,
  validateProject,
} from '@context-sync/engine';
import {
  ExitCode,
  configProblemLines,
  toFailure,
  withCommands,
} from '@context-sync/engine/console';
import { type Style, cleanLine, cleanLines, countOf } from '@context-sync/engine/text';

import type { CommandResult, Invocation } from '../command.ts';
import { checkMirror } from '../mirror-check.ts';
import { openProjectOf, requireSource } from '../project.ts';

const LEAST_NODE: readonly [number, number] = [20, 19];

/** One finding. `subject` is what was looked at: `node`, `config`, `mirror`, `state`, a source or a scope. */
interface Finding {
  readonly subject: string;
  readonly status: 'passed' | 'failed' | 'warning' | 'skipped';
  readonly message: string;
  readonly fix?: string | undefined;
}

/** Checks everything a sync needs and says how to mend what is wrong. */
export async function doctor(invocation: Invocation): Promise<CommandResult> {
  const found = [checkNode(), ...(await projectFindings(invocation))];
  const findings = withCommands(found, invocation.nextCommand);
  const failed = findings.filter(({ status }) => status === 'failed').length;
  return {
    exitCode: failed > 0 ? ExitCode.checkFailed : ExitCode.ok,
    data: { checks: findings },
    text: [
      ...findings.map((finding) => findingText(finding, invocation.style)),
      failed > 0
        ? `${countOf(failed, 'check')} failed.`
        : `All is well. Next: ${invocation.nextCommand('sync')}`,
    ].join('\n'),
  };
}

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isEnough = major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
  const message = `Node.js ${process.versions.node} (${LEAST_NODE.join('.')} or newer is needed).`;
  return isEnough
    ? { subject: 'node', status: 'passed', message }
    : { subject: 'node', status: 'failed', message, fix: 'install a newer Node.js' };
}

async function projectFindings(invocation: Invocation): Promise<Finding[]> {
  try {
    const project = await openProjectOf(invocation);
    return await findingsOf(project, invocation);
  } catch (error) {
    const { kind, message, problems = [], fix } = toFailure(error);
    if (kind !== 'config') throw error;
    const lines = configProblemLines(problems);
    return [
      {
        subject: 'config',
        status: 'failed',
        message: lines.length === 0 ? message : lines.join('\n'),
        fix,
      },
    ];
  }
}

async function findingsOf(project: Project, invocation: Invocation): Promise<Finding[]> {
  const names = project.sources.map(({ name }) => name);
  const enabled = project.sources.filter((source) => source.enabled).map(({ name }) => name);
  const [asked] = invocation.args;
  if (asked !== undefined) requireSource(asked, names, invocation);
  const signal = invocation.interrupt.watch();
  const sources = asked === undefined ? enabled : [asked];
  const findings = await Promise.all([
    configFindings(project, invocation),
    checkMirror(project.root).then((check) => [{ subject: 'mirror', ...check }]),
    stateFinding(project.root),
    connectorFindings(project),
    ...sources.map((source) => sourceFindings(project, source, signal)),
  ]);
  return findings.flat();
}

async function stateFinding(root: string): Promise<Finding> {
  const subject = 'state';
  try {
    const state = await checkState(root);
    const message =
      state === 'absent' ? 'Nothing was synced here yet.' : 'The state database is whole.';
    return { subject, status: 'passed', message };
  } catch (error) {
    const { kind, message, fix } = toFailure(error);
    if (kind !== 'engine') throw error;
    return { subject, status: 'failed', message, fix };
  }
}

async function configFindings(project: Project, invocation: Invocation): Promise<Finding[]> {
  const warnings = project.warnings.map((message): Finding => ({
    subject: 'config',
    status: 'warning',
    message,
  }));
  return [await configFinding(project, invocation), ...warnings];
}

async function configFinding(project: Project, { nextCommand }: Invocation): Promise<Finding> {
  const subject = 'config';
  const problems = await validateProject(project);
  if (problems.length > 0) {
    const message = configProblemLines(problems).join('\n');
    const fix = `correct this, then: ${nextCommand('config', 'validate')}`;
    return { subject, status: 'failed', message, fix };
  }
  const count = project.sources.length;
  if (count > 0)
    return { subject, status: 'passed', message: `Valid; ${countOf(count, 'source')}.` };
  const fix = 'add one below "sources:" in the config file, or set the variables of a connector';
  return { subject, status: 'failed', message: 'No source is configured.', fix };
}

async function connectorFindings(project: Project): Promise<Finding[]> {
  const found = await getAllConnectors(project);
  return found.flatMap(({ type, package: name, version, usedBy, problem }): Finding[] => {
    const subject = `connector ${type}`;
    if (problem !== undefined) {
      // A broken connector that nobody uses harms no run.
      const status = usedBy.length > 0 ? 'failed' : 'warning';
      return [{ subject, status, message: problem.message, fix: problem.hint }];
    }
    return usedBy.length > 0 ? [{ subject, status: 'passed', message: `${name}@${version}` }] : [];
  });
}

async function sourceFindings(
  project: Project,
  source: string,
  signal: AbortSignal,
): Promise<Finding[]> {
  try {
    const { report, requests, scopes, unavailable } = await checkSource(project, source, {
      signal,
      thorough: true,
    });
    const as =
      report.identity === undefined
        ? ''
        : ` (${report.identity.label}; ${countOf(requests, 'request')})`;
    return [
      ...report.checks.map((check, index) => toFinding(source, check, index === 0 ? as : '')),
      ...scopeFindings(source, scopes, unavailable),
    ];
  } catch (error) {
    const failure = toFailure(error);
    if (failure.code === 'cancelled') throw error;
    return [{ subject: source, status: 'failed', message: failure.message, fix: failure.fix }];
  }
}

function scopeFindings(
  source: string,
  scopes: number | undefined,
  unavailable: SourceCheck['unavailable'],
): Finding[] {
  const unread = unavailable.map(({ scope, error }): Finding => ({
    subject: `${source}:${scope}`,
    status: 'failed',
    message: error.message,
    fix: error.hint,
  }));
  if (scopes === undefined) return unread;
  const message = `scopes: ${countOf(scopes, 'scope')} to mirror`;
  const isNothing = scopes === 0 && unread.length === 0;
  const found: Finding = isNothing
    ? {
        subject: source,
        status: 'warning',
        message,
        fix: `see what it offers: \`context-sync scopes ${source} --all\``,
      }
    : { subject: source, status: 'passed', message };
  return [found, ...unread];
}

function toFinding(source: string, check: Check, suffix: string): Finding {
  return {
    subject: source,
    // What could not be told is no success either: the next run would meet the same fault.
    status: check.status === 'indeterminate' ? 'failed' : check.status,
    message: `${check.id}: ${check.message ?? check.error?.message ?? check.status}${suffix}`,
    fix: check.fix ?? check.error?.hint,
  };
}

function findingText({ subject, status, message, fix }: Finding, style: Style): string {
  const mark = {
    passed: style('green', '✔'),
    failed: style('red', '✖'),
    warning: style('yellow', '!'),
    skipped: style('dim', '-'),
  }[status];
  const body = cleanLines(message).replaceAll('\n', '\n    ');
  const rest = fix === undefined ? '' : `\n    fix: ${cleanLines(fix).replaceAll('\n', '\n    ')}`;
  return `${mark} ${style('bold', cleanLine(subject))}  ${body}${rest}`;
}
