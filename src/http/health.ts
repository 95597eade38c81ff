import type { Db } from '../store/database.ts';
import { within } from '../core/within.ts';
import { databaseNow } from '../store/clock.ts';
import type { Handler } from './server.ts';

/** Why this process cannot do its work now, as a sentence; `null`: nothing is in its way. */
export type Check = () => string | null | Promise<string | null>;

/** 200 as long as this process can answer at all: whoever does not get it may start the process anew. */
export const lives: Handler = (_, send) => {
  const seconds = Math.round(process.uptime());
  return send({
    status: 200,
    type: 'application/json',
    body: JSON.stringify({ lives: true, uptime_seconds: seconds }),
  });
};

/** 200 when no check has an objection, else 503 with all of them: then work is better given to another process. */
export function readiness(checks: readonly Check[]): Handler {
  return async (_, send) => {
    const found = await Promise.all(checks.map(async (check) => check()));
    const reasons = found.filter((reason) => reason !== null);
    const body = JSON.stringify({ ready: reasons.length === 0, reasons });
    return send({ status: reasons.length === 0 ? 200 : 503, type: 'application/json', body });
  };
}

/** How long the database may take, in milliseconds. */
const PATIENCE = 1000;

/** Whether the database answers. It is asked once at a time, so that one that hangs is not buried in questions. */
export function databaseAnswers(db: Db): Check {
  let asked: Promise<string> | null = null;
  return async () => {
    asked ??= databaseNow(db)
      .then(
        () => '',
        () => 'The database refuses to answer.',
      )
      .finally(() => (asked = null));
    const refusal = (await within(asked, PATIENCE)) ?? 'The database does not answer within a second.';
    return refusal === '' ? null : refusal;
  };
}
