import { draw } from './draw.ts';
import type { Fault, FaultKind, FaultPlan, FaultWhen } from './fault.ts';

/** What of a request decides which faults hit it. */
interface Asked {
  readonly number: number;
  /** The path with its query. */
  readonly target: string;
  readonly query: URLSearchParams;
}

/** Gives the faults that hit a request and remembers how often each one did. */
export class FaultSchedule {
  readonly #hits = new WeakMap<Fault, number>();

  due(plan: FaultPlan, request: Asked): FaultKind[] {
    const hit = plan.filter((fault) => {
      const times = this.#hits.get(fault) ?? 0;
      if (times >= (fault.when.times ?? Infinity)) return false;
      if (!applies(fault.when, request)) return false;
      this.#hits.set(fault, times + 1);
      return true;
    });
    return hit.map((fault) => fault.what);
  }
}

function applies(when: FaultWhen, asked: Asked): boolean {
  const { number, target, query } = asked;
  const { request, from = 1, to = Infinity, path = '', chance, limitOver } = when;
  const isListed = request === undefined || [request].flat().includes(number);
  const isOnPath = typeof path === 'string' ? target.includes(path) : path.test(target);
  const isDrawn = chance === undefined || draw(chance.seed, number) < chance.probability;
  const isHeavy = when.withBodies === undefined || asksForBodies(query);
  const isLong = limitOver === undefined || Number(query.get('limit') ?? 25) > limitOver;
  return isListed && number >= from && number <= to && isOnPath && isDrawn && isHeavy && isLong;
}

function asksForBodies(query: URLSearchParams): boolean {
  return query.has('body-format') || /(^|,)body\b/.test(query.getAll('expand').join(','));
}
