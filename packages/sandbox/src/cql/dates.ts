import { badQuery } from './bad-query.ts';
import { toInstant } from './time-zone.ts';

/** A time that a query names; quoted dates know minutes only. */
export interface NamedTime {
  readonly time: number;
  readonly isMinute: boolean;
}

const unitMs: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** `-130m`, as `now("-130m")` has it. */
export function readOffset(text: string): number {
  const [, amount, unit = ''] = /^([+-]?\d+)([mhdw])$/.exec(text) ?? [];
  if (amount === undefined) throw badQuery(`${text} is not an offset`);
  return Number(amount) * (unitMs[unit] ?? 0);
}

/** `2026/01/05 09:00` or `2026-01-05`, read in the time zone of whoever asks. */
export function readDate(text: string, timeZone: string): NamedTime {
  const date = /^(\d{4})[/-](\d\d?)[/-](\d\d?)(?: (\d\d:\d\d))?$/.exec(text);
  if (date === null) throw badQuery(`${text} is not a date`);
  const [, year, month = '', day = '', clock = '00:00'] = date;
  const local = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${clock}:00`;
  if (Number.isNaN(Date.parse(`${local}Z`))) throw badQuery(`${text} is not a date`);
  return { time: toInstant(local, timeZone), isMinute: true };
}
