import { ApplicationCommandOptionType } from 'discord.js';
import { z } from 'zod';
import { UserError } from '../src/core/errors.ts';
import { defineCommand, type PressRequest, type Reply, type Services } from '../src/discord/command.ts';
import { customId } from '../src/discord/custom-id.ts';
import { slashCommand } from '../src/discord/declare.ts';
import { COLOURS } from '../src/discord/render/colours.ts';
import { button, dangerButton, row } from '../src/discord/render/components.ts';
import { count } from '../src/discord/render/count.ts';
import { forgetStatesOf } from '../src/store/button-states.ts';
import { dataOf, forgetReader } from '../src/store/forget.ts';
import { write } from '../src/store/write.ts';

export const forget = defineCommand({
  declaration: slashCommand({
    name: 'forget',
    description: 'Delete what Paperboy keeps about you',
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'me',
        description: 'Delete your topics, inbox, saved papers and settings, for good',
      },
    ],
  }),
  options: z.object({}),
  isPrivate: () => true,

  async run({ reader }, services) {
    return { ...(await question(reader.id, services)), private: true };
  },

  /** `all` deletes everything of the presser, `nothing` keeps it. */
  async press(request, services) {
    checkOwner(request);
    if (request.action[0] !== 'all') return { update: notice('Nothing was deleted', 'Everything is as it was.') };
    await write(services.db, async (trx) => {
      await forgetReader(trx, request.reader.id);
      await forgetStatesOf(trx, request.reader.id);
    });
    const left =
      'Your topics, inbox, saved papers, settings and messages are deleted. What I posted before stays in chat.';
    return { update: notice('You are forgotten', left) };
  },
});

async function question(readerId: string, { db, mention }: Services): Promise<Reply> {
  const { topics, caught, saved, setUp } = await dataOf(db, readerId);
  const lines = [
    ...(topics.length > 0
      ? [`${count(topics.length, 'topic')} of your own, with ${count(caught.length, 'paper')} that came for you`]
      : []),
    ...(saved.length > 0 ? [count(saved.length, 'saved paper')] : []),
    'your time zone and quiet hours, and which messages you were sent',
  ];
  const shared = setUp.topics.length + setUp.summaryIds.length;
  const stays =
    shared > 0
      ? `\n\nWhat you set up for channels (${shared}) belongs to the server: it stays, without your name.`
      : '';
  return {
    embeds: [
      {
        color: COLOURS.notice,
        title: 'Delete everything of yours?',
        description: `This cannot be undone. It deletes:\n${lines.map((line) => `- ${line}`).join('\n')}${stays}\n\n${mention('my data')} gives you a copy first.`,
      },
    ],
    components: [
      row(
        dangerButton(customId('forget', 'all'), 'Delete everything'),
        button(customId('forget', 'nothing'), 'Keep everything'),
      ),
    ],
  };
}

/** The question is private; but whoever sees it must not answer for somebody else. */
function checkOwner({ ownerId, reader }: PressRequest): void {
  if (ownerId === null || ownerId === reader.id) return;
  throw new UserError('This is somebody else’s question. Ask your own with /forget me.');
}

function notice(title: string, description: string): Reply {
  return { embeds: [{ color: COLOURS.notice, title, description }] };
}
