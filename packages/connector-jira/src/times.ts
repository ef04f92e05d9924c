/**
 * A time of Jira in UTC. It writes the offset of the account's time zone, `+0200` without a colon, so
 * that the same moment looks different to another account.
 */
export function toUtc(time: string): string | undefined {
  const ms = Date.parse(time.trim().replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

/** The same, or the text itself when it is no time. */
export function utcOr(time: string): string {
  return toUtc(time) ?? time;
}
