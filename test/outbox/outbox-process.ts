/** A process of its own that sends what is planned, from a line on its input until it is killed: `DATABASE_URL API_URL TOKEN`. */
import { once } from 'node:events';
import { systemClock } from '../../src/core/clock.ts';
import { silentLog } from '../../src/core/log.ts';
import { ownerNotice } from '../../src/discord/render/owner-notice.ts';
import { createSender } from '../../src/discord/send.ts';
import { startOutbox } from '../../src/outbox/worker.ts';
import { openDatabase } from '../../src/store/database.ts';

const [url = '', apiUrl = '', token = ''] = process.argv.slice(2);
const db = await openDatabase(url);
const sender = createSender({ token, apiUrl });
process.stdout.write('ready\n');
await once(process.stdin, 'data');
startOutbox({ db, sender, clock: systemClock, log: silentLog, renderNotice: ownerNotice, takenOverAfter: 300 });
