import { silentLog } from '../../src/core/log.ts';
import type { World } from '../../src/ingest/document.ts';
import { ingestSources } from '../../src/ingest/ingest.ts';
import type { SourceSettings } from '../../src/sources/configured.ts';
import { sourceReport } from '../../src/store/source-states.ts';
import { memory } from '../store/fixtures.ts';
import { sourceSettings } from './settings.ts';

export interface Looks {
  world: World;
  /** Looks at the sources at a moment of UTC; waiting takes no time. */
  look: (moment: string) => ReturnType<typeof ingestSources>;
  /** How they do at a moment of UTC. */
  report: (moment: string) => ReturnType<typeof sourceReport>;
}

/** A bot with an empty archive that looks at sources when it is told to. */
export async function openLooks(given: Partial<SourceSettings>): Promise<Looks> {
  let now = new Date(0);
  const wait = async (milliseconds: number) => {
    now = new Date(now.getTime() + milliseconds);
  };
  const network = { wait, random: () => 0 };
  const world: World = { db: await memory(), log: silentLog, clock: () => now, timezone: 'UTC', network };
  const settings = sourceSettings(given);
  return {
    world,
    look: (moment) => {
      now = new Date(`${moment}Z`);
      return ingestSources(world, settings);
    },
    report: (moment) => sourceReport(world.db, new Date(`${moment}Z`)),
  };
}
