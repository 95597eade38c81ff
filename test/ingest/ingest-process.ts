/** A process of its own that ingests: `DATABASE_URL FOLDER`. Prints `ready` when it begins, and then each report. */
import { systemClock } from '../../src/core/clock.ts';
import { silentLog } from '../../src/core/log.ts';
import { ingestSources } from '../../src/ingest/ingest.ts';
import { openDatabase } from '../../src/store/database.ts';
import { sourceSettings } from '../sources/settings.ts';

const [url = '', inbox = ''] = process.argv.slice(2);
const db = await openDatabase(url);
process.stdout.write('ready\n');
await ingestSources(
  { db, log: silentLog, clock: systemClock, timezone: 'UTC' },
  sourceSettings({ sources: ['inbox'], inbox }),
  { onReport: (report) => process.stdout.write(`${JSON.stringify(report)}\n`) },
);
await db.destroy();
