import { UserError } from '../../src/core/errors.ts';
import type { PressRequest, PressResult, Reply, Services } from '../../src/discord/command.ts';
import { customId } from '../../src/discord/custom-id.ts';
import { plain } from '../../src/discord/markdown.ts';
import { COLOURS } from '../../src/discord/render/colours.ts';
import { topicSelect } from '../../src/discord/render/topic-select.ts';
import { STARTERS } from '../../src/topics/starters.ts';
import { own } from '../shared/topic-place.ts';
import { previewPage } from '../shared/topic-preview.ts';
import { checkRoom } from '../shared/topic-room.ts';

/** Ready topics to choose from. */
export function starterPage(): Reply {
  const names = STARTERS.map(({ name }) => plain(name, 80)).join(' · ');
  const offered = STARTERS.map(({ key, name, about }) => ({ key, name, query: about }));
  const placeholder = 'Choose one to see what it would have caught';
  const select = topicSelect(customId('topics', 'starter'), placeholder, offered, ({ key }) => key);
  return {
    embeds: [
      {
        color: COLOURS.papers,
        title: 'Ready topics',
        description: `${names}\n\nEach is a query that you can change before it is saved, and after.`,
      },
    ],
    components: select ? [select] : [],
  };
}

/** Goes on with a ready topic as if its words had been typed; the list stays, so that another one can be chosen. */
export async function pressStarter({ values, reader }: PressRequest, services: Services): Promise<PressResult> {
  const starter = STARTERS.find(({ key }) => key === values[0]);
  if (!starter) throw new UserError('This topic is not offered any more. Choose one of /topics starter.');
  const place = own(reader.id, 'message');
  await checkRoom(place, reader.id, services);
  const { name, query } = starter;
  return {
    reply: await previewPage({ readerId: reader.id, topic: { ...place, name, query, schedule: null } }, services),
  };
}
