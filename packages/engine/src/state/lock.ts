import { hostname } from 'node:os';

import { EngineError } from '../engine-error.ts';
import type { Database } from './database.ts';

/** A lock whose holder has not been heard of for this long may be taken, in milliseconds. */
const staleAfterMs = 120_000;

const beatEveryMs = 20_000;

/** Tokens held by this process: a row with our pid but another token is of a dead namesake. */
const ownTokens = new Set<string>();

export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  readonly since: number;
}

interface LockRow extends LockHolder {
  readonly token: string;
  readonly beat: number;
}

/** The right to write to one root. */
export interface Lock {
  /**
   * Runs `work` in a transaction after checking that the lock is still ours, so that a process that
   * slept through its lock being taken stores nothing.
   *
   * @throws EngineError `locked` when it was taken
   */
  transaction<Result>(work: () => Result): Result;
  release(): void;
}

/**
 * `step` is called at the borders of each transaction, see `RunInput.step`.
 *
 * @throws EngineError `locked` when a living process holds the root
 */
export function takeLock(
  database: Database,
  root: string,
  now: () => number,
  step: () => void = () => undefined,
): Lock {
  const token = crypto.randomUUID();
  database.transaction(() => {
    const row = database.get<LockRow>('SELECT * FROM lock');
    if (row !== undefined && !isAbandoned(row, now())) throw held(row, root);
    database.run(
      'INSERT OR REPLACE INTO lock(one, token, pid, host, since, beat) VALUES(1, ?, ?, ?, ?, ?)',
      token,
      process.pid,
      hostname(),
      now(),
      now(),
    );
  });
  ownTokens.add(token);
  // A run may wait long for a service without storing anything.
  const heart = setInterval(() => {
    try {
      database.run('UPDATE lock SET beat = ? WHERE token = ?', now(), token);
    } catch {
      // The next transaction finds the same fault and can tell somebody.
      clearInterval(heart);
    }
  }, beatEveryMs);
  heart.unref();
  return {
    transaction: (work) => {
      step();
      return database.transaction(() => {
        if (database.run('UPDATE lock SET beat = ? WHERE token = ?', now(), token) === 0) {
          throw new EngineError(
            'locked',
            `Another run has taken over ${root} while this one was asleep.`,
          );
        }
        const result = work();
        step();
        return result;
      });
    },
    release: () => {
      clearInterval(heart);
      ownTokens.delete(token);
      database.run('DELETE FROM lock WHERE token = ?', token);
    },
  };
}

/** The run that holds the root at this moment, if any. */
export function lockHolder(database: Database, now: number): LockHolder | undefined {
  const row = database.get<LockRow>('SELECT * FROM lock');
  return row === undefined || isAbandoned(row, now) ? undefined : row;
}

function isAbandoned(row: LockRow, now: number): boolean {
  if (now - row.beat > staleAfterMs) return true;
  if (row.host !== hostname()) return false;
  return row.pid === process.pid ? !ownTokens.has(row.token) : !isAlive(row.pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function held(row: LockRow, root: string): EngineError {
  const since = new Date(row.since).toISOString();
  return new EngineError(
    'locked',
    `Process ${row.pid} on ${row.host} has been syncing ${root} since ${since}.`,
    {
      hint: 'Wait for it to end, or stop that process, and run the same command again.',
    },
  );
}
