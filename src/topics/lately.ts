import type { Clock } from '../core/clock.ts';
import { addDays, dayInZone } from '../core/dates.ts';
import type { Search } from '../search/result.ts';
import type { Db } from '../store/database.ts';
import { papersListedSince } from '../store/recent-papers.ts';

/** How far a look back goes, in days. */
export const LOOK_BACK_DAYS = 30;

/** What looking back needs. */
export interface Hindsight {
  db: Db;
  search: Pick<Search, 'matching' | 'frequency' | 'size'>;
  clock: Clock;
}

/** The papers of the last `LOOK_BACK_DAYS` days. */
export class Lately {
  private readonly search: Hindsight['search'];
  private readonly since: string;
  private readonly listed: ReadonlySet<number>;

  private constructor(search: Hindsight['search'], since: string, listed: ReadonlySet<number>) {
    this.search = search;
    this.since = since;
    this.listed = listed;
  }

  static async of({ db, search, clock }: Hindsight): Promise<Lately> {
    const since = addDays(dayInZone(clock(), 'UTC'), 1 - LOOK_BACK_DAYS);
    return new Lately(search, since, await papersListedSince(db, since));
  }

  /** The ids of those that a query matches, the latest to come first: listed in these days, or published in them. */
  async matching(query: string): Promise<number[]> {
    const ids = new Set(await this.search.matching(query, { since: this.since }));
    for (const id of await this.search.matching(query)) if (this.listed.has(id)) ids.add(id);
    return [...ids].sort((a, b) => b - a);
  }
}
