import { badQuery } from './bad-query.ts';

/** How far the clocks of a zone are ahead of UTC at a moment, in milliseconds. */
export function offsetAt(timeZone: string, time: number): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return local - Math.floor(time / 1000) * 1000;
}

/**
 * The moment at which the clocks of a zone show this time; the first one when they show it twice.
 * Throws 400 when they skip it, as the service does in the hour that summer time takes away.
 */
export function toInstant(local: string, timeZone: string): number {
  const shown = Date.parse(`${local}Z`);
  const day = 86_400_000;
  const offsets = [offsetAt(timeZone, shown - day), offsetAt(timeZone, shown + day)];
  const moments = offsets.map((offset) => shown - offset);
  const found = moments.filter((moment) => moment + offsetAt(timeZone, moment) === shown);
  if (found.length === 0) throw badQuery("field 'updated' is invalid");
  return Math.min(...found);
}
