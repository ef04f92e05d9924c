import { offsetAt } from '../../cql/time-zone.ts';
import { askerOf, type JiraRequest } from './jira-request.ts';

/** A time as Jira writes it: with the offset of whoever asks, e.g. `2026-01-05T01:00:00.000-0800`. */
function jiraTime(time: string, timeZone: string): string {
  const offsetMs = offsetAt(timeZone, Date.parse(time));
  const local = new Date(Date.parse(time) + offsetMs).toISOString().replace('Z', '');
  const minutes = Math.abs(offsetMs) / 60_000;
  const pad = (number: number): string => String(Math.floor(number)).padStart(2, '0');
  return `${local}${offsetMs < 0 ? '-' : '+'}${pad(minutes / 60)}${pad(minutes % 60)}`;
}

/** The time as whoever asks is shown it. */
export function timeFor(request: JiraRequest, time: string): string {
  return jiraTime(time, request.site.people.get(askerOf(request)).timeZone);
}
