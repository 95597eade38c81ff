import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType as Type,
} from 'discord.js';
import { slashCommand } from '../../src/discord/declare.ts';
import { LONGEST_NAME } from '../../src/topics/transfer-line.ts';
import { POSTABLE } from '../shared/postable-channel.ts';

/** The longest query that a topic takes, in characters. */
export const LONGEST_QUERY = 1000;

/** Where and when a topic is told; the same for `/subscribe` and `/topics edit`. */
export const PLACE_OPTIONS: APIApplicationCommandBasicOption[] = [
  {
    type: Type.Channel,
    name: 'where',
    description: 'A channel, thread or forum for everybody there (you alone by default)',
    channel_types: [...POSTABLE],
  },
  {
    type: Type.String,
    name: 'told',
    description: 'How you are told yourself (by direct message by default)',
    choices: [
      { name: 'By direct message', value: 'message' },
      { name: 'Only in /inbox', value: 'inbox' },
    ],
  },
  {
    type: Type.String,
    name: 'when',
    description: 'At once, daily at 08:00, Mondays at 09:00 … (at once by default)',
    autocomplete: true,
    max_length: 100,
  },
  {
    type: Type.String,
    name: 'timezone',
    description: 'Whose clock counts for "when": Europe/Berlin, Tokyo, UTC …',
    autocomplete: true,
    max_length: 60,
  },
  { type: Type.Role, name: 'mention', description: 'A role to mention in the channel, with every message' },
];

const topic = (description: string, required = true): APIApplicationCommandBasicOption => ({
  type: Type.String,
  name: 'topic',
  description,
  required,
  autocomplete: true,
  max_length: 100,
});

function subcommand(
  name: string,
  description: string,
  options: APIApplicationCommandBasicOption[] = [],
): APIApplicationCommandSubcommandOption {
  return { type: Type.Subcommand, name, description, options };
}

export const declaration = slashCommand({
  name: 'topics',
  description: 'What you and this server follow',
  options: [
    subcommand('list', 'What you follow, and what channels here follow'),
    subcommand('edit', 'Change a topic; you see what that adds and drops before it is saved', [
      topic('Which topic'),
      {
        type: Type.String,
        name: 'query',
        description: 'What it looks for from now on',
        autocomplete: true,
        max_length: LONGEST_QUERY,
      },
      { type: Type.String, name: 'name', description: 'Its new name', max_length: LONGEST_NAME },
      ...PLACE_OPTIONS,
      { type: Type.Boolean, name: 'no_mention', description: 'Mention no role any more' },
    ]),
    subcommand('pause', 'Tell of nothing until you resume; what comes meanwhile is not told later', [
      topic('Which topic'),
    ]),
    subcommand('resume', 'Go on with a topic that is paused or snoozed', [topic('Which topic')]),
    subcommand('snooze', 'Hold a topic’s papers for a while; then they come in one message', [
      topic('Which topic'),
      {
        type: Type.String,
        name: 'until',
        description: '2 hours, tomorrow, 3 days, Monday, 2025-07-01 …',
        required: true,
        autocomplete: true,
        max_length: 60,
      },
    ]),
    subcommand('remove', 'Follow a topic no longer', [topic('Which topic')]),
    subcommand('why', 'Why a paper came for a topic, or did not', [
      {
        type: Type.String,
        name: 'paper',
        description: 'Its title or words of it, an arXiv id, or an address at arXiv or Hugging Face',
        required: true,
        autocomplete: true,
        max_length: 500,
      },
      topic('Which topic (all of yours by default)', false),
    ]),
    subcommand('starter', 'Ready topics for common fields'),
    subcommand('quiet', 'Hours in which you get no message, and your time zone', [
      {
        type: Type.String,
        name: 'from',
        description: 'From when, for example 22:00',
        autocomplete: true,
        max_length: 20,
      },
      {
        type: Type.String,
        name: 'until',
        description: 'Until when, for example 07:30',
        autocomplete: true,
        max_length: 20,
      },
      {
        type: Type.String,
        name: 'timezone',
        description: 'Where your clock hangs: Europe/Berlin, Tokyo, UTC …',
        autocomplete: true,
        max_length: 60,
      },
      { type: Type.Boolean, name: 'off', description: 'No quiet hours any more' },
    ]),
    subcommand('export', 'Your topics as a file, or those of this server’s channels', [
      {
        type: Type.String,
        name: 'of',
        description: 'Whose (yours by default)',
        choices: [
          { name: 'Mine', value: 'mine' },
          { name: 'This server’s channels', value: 'server' },
        ],
      },
    ]),
    subcommand('import', 'Take topics from lines that /topics export wrote; you see first what changes', [
      {
        type: Type.Channel,
        name: 'where',
        description: 'A channel, thread or forum whose topics they become (yours by default)',
        channel_types: [...POSTABLE],
      },
    ]),
  ],
});
