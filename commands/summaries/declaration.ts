import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType as Type,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import { slashCommand } from '../../src/discord/declare.ts';
import type { Summary } from '../../src/store/summaries.ts';
import { POSTABLE } from '../shared/postable-channel.ts';

export type Period = Summary['period'];

function typed(
  name: string,
  description: string,
  max_length = 100,
  required = false,
): APIApplicationCommandBasicOption {
  return { type: Type.String, name, description, autocomplete: true, max_length, required };
}

function subcommand(
  name: string,
  description: string,
  options: APIApplicationCommandBasicOption[] = [],
): APIApplicationCommandSubcommandOption {
  return { type: Type.Subcommand, name, description, options };
}

const SETTINGS: APIApplicationCommandBasicOption[] = [
  typed('topics', 'Topics of this server whose papers come first (those of the channel by default)'),
  {
    type: Type.String,
    name: 'size',
    description: 'How many papers it shows; all others are one press away (normal by default)',
    choices: [
      { name: 'Short', value: 'short' },
      { name: 'Normal', value: 'normal' },
      { name: 'Full', value: 'full' },
    ],
  },
  { type: Type.Role, name: 'mention', description: 'A role to mention with every post' },
  { type: Type.Boolean, name: 'no_mention', description: 'Mention no role any more' },
  {
    type: Type.Integer,
    name: 'minimum',
    description: 'Fewest papers that make a post; fewer wait for the next one (1 by default)',
    min_value: 1,
    max_value: 100,
  },
  {
    type: Type.String,
    name: 'empty',
    description: 'What to do when there is nothing to post (say why by default)',
    choices: [
      { name: 'Say why, in one line', value: 'say why' },
      { name: 'Stay silent', value: 'silent' },
    ],
  },
  typed('tag', 'In a forum: the tag of each post'),
];

/** The declaration of `/daily` or `/weekly`; for servers alone. */
export function summaryDeclaration(period: Period) {
  const [days, example] =
    period === 'daily'
      ? [typed('days', 'Daily, weekdays, Mondays and Thursdays … (daily by default)'), 'every day']
      : [typed('day', 'The day of the week (Monday by default)'), 'every week'];
  const which = typed('summary', `Which one, where the server has several ${period} summaries`);
  return {
    ...slashCommand({
      name: period,
      description: `The new papers in one post ${example}, in a channel, a thread or a forum`,
      options: [
        subcommand('set', `Set up a ${period} summary of a channel, or change what you name of it`, [
          {
            type: Type.Channel,
            name: 'channel',
            description: 'Where it is posted: a channel, a thread, a forum, or an announcement channel',
            channel_types: [...POSTABLE],
            required: true,
          },
          typed('time', 'When it is posted, for example 09:00', 20, true),
          typed('timezone', 'Whose clock counts: Europe/Berlin, Tokyo, UTC …', 60),
          days,
          ...SETTINGS,
        ]),
        subcommand('show', `The ${period} summaries of this server, and what became of the last posts`),
        subcommand('preview', 'How the next post would look now, for you alone', [which]),
        subcommand('now', 'Post today’s summary at once', [which]),
        subcommand('pause', 'Post nothing until you resume', [which]),
        subcommand('resume', 'Go on with a summary that is paused', [which]),
        subcommand('stop', 'Remove a summary; what was posted stays', [which]),
      ],
    }),
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild],
  };
}
