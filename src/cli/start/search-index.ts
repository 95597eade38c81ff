import { every } from '../../schedule.ts';
import type { Search } from '../../search/result.ts';
import { createSearch } from '../../search/search.ts';
import type { Running } from './running.ts';

/** How often the index looks for papers that another process stored, in milliseconds. */
const CATCH_UP_INTERVAL = 2000;

type World = Pick<Running, 'config' | 'db' | 'log' | 'foundations'>;

/** A function that opens the index the first time, which `opened` is told of, and gives the same one from then on. */
export function searchOnce(world: World, opened: (search: Search) => void): () => Promise<Search> {
  let search: Promise<Search> | null = null;
  return () =>
    (search ??= open(world).then((index) => {
      opened(index);
      return index;
    }));
}

async function open({ config, db, log, foundations }: World): Promise<Search> {
  const search = await createSearch({ db, log, databaseUrl: config.databaseUrl });
  const catchUp = every(CATCH_UP_INTERVAL, { name: 'index catch-up', run: () => search.catchUp() }, log);
  foundations.push(() => catchUp.stop());
  return search;
}
