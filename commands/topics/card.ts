import type { Reply, Request, Services } from '../../src/discord/command.ts';
import { customId } from '../../src/discord/custom-id.ts';
import { LIMITS } from '../../src/discord/fit.ts';
import { plain } from '../../src/discord/markdown.ts';
import { COLOURS } from '../../src/discord/render/colours.ts';
import { button, dangerButton, row } from '../../src/discord/render/components.ts';
import { count } from '../../src/discord/render/count.ts';
import { stateWords, toldWords } from '../../src/discord/render/topic-words.ts';
import { capital } from '../../src/discord/text.ts';
import { countWaiting } from '../../src/store/catches.ts';
import type { Topic } from '../../src/store/topics.ts';
import { mayChange } from '../shared/topic-rights.ts';

/** One topic with what can be done with it; `said` is what was just done. */
export async function topicCard(topic: Topic, request: Request, services: Services, said = ''): Promise<Reply> {
  const waiting = await countWaiting(services.db, topic.id);
  const state = stateWords(topic, services.clock());
  const fields = [
    { name: 'Looks for', value: plain(topic.query, LIMITS.fieldValue) },
    { name: 'Told', value: `${capital(toldWords(topic))}.` },
    { name: 'Now', value: state && `${capital(state)}.` },
    { name: 'Waiting', value: waiting > 0 ? `${count(waiting, 'paper')} will be told next.` : '' },
  ];
  return {
    embeds: [
      {
        color: COLOURS.papers,
        title: plain(topic.name, LIMITS.title),
        description: said,
        fields: fields.filter(({ value }) => value),
      },
    ],
    components: (await mayChange(topic, request, services)) ? [row(...actions(topic, services.clock()))] : [],
  };
}

function actions({ id, pausedAt, snoozedUntil }: Topic, now: Date) {
  const isHeld = pausedAt !== null || (snoozedUntil !== null && snoozedUntil > now);
  return [
    button(customId('topics', 'edit', id), 'Edit'),
    ...(isHeld
      ? [button(customId('topics', 'resume', id), 'Resume')]
      : [
          button(customId('topics', 'pause', id.toString(36)), 'Pause'),
          button(customId('topics', 'snooze', id), 'Snooze for a week'),
        ]),
    dangerButton(customId('topics', 'remove', id), 'Remove'),
  ];
}
