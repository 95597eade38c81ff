import { newMessage } from '../discord/message.ts';
import { sourceNotice } from '../discord/render/source-notice.ts';
import { planSourceNotices, SOURCE_SUBJECTS } from '../outbox/source-notices.ts';
import type { Db } from '../store/database.ts';
import { type Destination, planDelivery, plannedSubjects } from '../store/deliveries.ts';
import { sourceReport } from '../store/source-states.ts';
import { write } from '../store/write.ts';

/** Where whoever runs the bot is told of trouble. */
export function operator(channelId: string): Destination {
  return { kind: 'channel', id: channelId };
}

/** Plans what whoever runs the bot is to be told of the sources; nothing is told twice. */
export async function tellOperator(db: Db, channelId: string, now: Date): Promise<void> {
  const destination = operator(channelId);
  await write(db, async (trx) => {
    const told = await plannedSubjects(trx, destination, SOURCE_SUBJECTS);
    for (const notice of planSourceNotices(await sourceReport(trx, now), told, now)) {
      const { message } = newMessage(sourceNotice(notice), false);
      await planDelivery(trx, { destination, subject: notice.subject, payload: message }, now);
    }
  });
}
