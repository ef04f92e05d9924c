/** A number with thousands separators, e.g. `1,204`. */
export function formatCount(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A number and its noun, e.g. `1 document`, `1,204 documents`. */
export function countOf(value: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(value)} ${value === 1 ? noun : plural}`;
}

/** A size in decimal units, e.g. `14.2 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit] ?? ''}`;
}

/** A span of time, e.g. `0.4 s`, `3m 51s`, `2h 05m`. */
export function formatDuration(ms: number): string {
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m ${String(seconds % 60).padStart(2, '0')}s`;
  return `${Math.floor(minutes / 60)}h ${String(minutes % 60).padStart(2, '0')}m`;
}

/** Time that is still to pass, e.g. `41s`, `3m 51s`, `2h 05m`. */
export function formatTimeLeft(seconds: number): string {
  return seconds < 60 ? `${Math.ceil(seconds)}s` : formatDuration(seconds * 1000);
}

/** How long ago `then` was, e.g. `12 minutes ago`. */
export function formatAge(then: string, now: number): string {
  const seconds = Math.max(0, (now - Date.parse(then)) / 1000);
  if (Number.isNaN(seconds)) return 'at an unknown time';
  if (seconds < 60) return 'just now';
  if (seconds < 3600) return `${countOf(Math.floor(seconds / 60), 'minute')} ago`;
  if (seconds < 86_400) return `${countOf(Math.floor(seconds / 3600), 'hour')} ago`;
  return `${countOf(Math.floor(seconds / 86_400), 'day')} ago`;
}
