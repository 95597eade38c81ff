import { ApplicationCommandOptionType } from 'discord.js';
import { z } from 'zod';
import { UserError } from '../src/core/errors.ts';
import { defineCommand, type PressRequest, type PressResult, type Services } from '../src/discord/command.ts';
import { slashCommand } from '../src/discord/declare.ts';
import { findState } from '../src/store/button-states.ts';
import { LONGEST_QUERY, PLACE_OPTIONS } from './topics/declaration.ts';
import { LONGEST_NAME } from '../src/topics/transfer-line.ts';
import { asked } from './shared/results.ts';
import { newDraftOf } from './shared/topic-draft.ts';
import { nameFor, queryIn } from './shared/topic-name.ts';
import { refined, refineForm } from './shared/topic-form.ts';
import { own, placeOf } from './shared/topic-place.ts';
import { previewPage } from './shared/topic-preview.ts';
import { checkRoom } from './shared/topic-room.ts';
import { saveTopic } from './shared/topic-save.ts';
import { suggestForTopic } from './shared/topic-suggest.ts';
import { parseWhen } from './shared/topic-when.ts';
import { parseZone, zoneOf } from './shared/topic-zone.ts';

export const subscribe = defineCommand({
  declaration: slashCommand({
    name: 'subscribe',
    description: 'Be told of new papers on a subject; you see first what it would have caught',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'query',
        description: 'For example: diffusion "image editing" -video org:google',
        required: true,
        autocomplete: true,
        max_length: LONGEST_QUERY,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'name',
        description: 'What to call it (the query by default)',
        max_length: LONGEST_NAME,
      },
      ...PLACE_OPTIONS,
    ],
  }),
  options: z.object({
    query: z.string(),
    name: z.string().optional(),
    where: z.string().optional(),
    told: z.enum(['message', 'inbox']).optional(),
    when: z.string().optional(),
    timezone: z.string().optional(),
    mention: z.string().optional(),
  }),
  isPrivate: () => true,

  async run(request, services) {
    const { options, reader } = request;
    const query = queryIn(options.query);
    const place = await placeOf(options, request, services);
    await checkRoom(place, reader.id, services);
    const zone = options.timezone ? parseZone(options.timezone) : await zoneOf(reader.id, services);
    const schedule = options.when?.trim() ? parseWhen(options.when, zone) : null;
    const topic = { ...place, query, name: nameFor(options.name, query), schedule };
    return previewPage({ readerId: reader.id, topic }, services);
  },

  suggest: suggestForTopic,

  /** `follow` begins with what was searched; the others go on with a preview. */
  async press(request, services): Promise<PressResult> {
    switch (request.action[0]) {
      case 'follow':
        return { reply: await follow(request, services) };
      case 'other':
        return { update: await previewPage(await newDraftOf(request, services), services) };
      case 'refine':
        return { modal: await refineForm(request, services) };
      case 'refined':
        return { update: await refined(request, services) };
      case 'save':
        return { update: await saveTopic(await newDraftOf(request, services), request, services) };
      case 'cancel':
        return { update: { content: 'Nothing was saved.' } };
      default:
        throw new UserError('This button is from an older version. Begin again with /subscribe.');
    }
  },
});

/** Whoever presses follows the query themselves, told at once. */
async function follow({ action, reader }: PressRequest, services: Services) {
  const search = asked.safeParse(await findState(services.db, action[1] ?? ''));
  if (!search.success) throw new UserError('This search is too old to go on with. Use /subscribe with its words.');
  const query = queryIn(search.data.query);
  const place = own(reader.id, 'message');
  await checkRoom(place, reader.id, services);
  return previewPage(
    { readerId: reader.id, topic: { ...place, query, name: nameFor('', query), schedule: null } },
    services,
  );
}
