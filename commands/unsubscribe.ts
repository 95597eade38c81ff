import { ApplicationCommandOptionType } from 'discord.js';
import { z } from 'zod';
import { defineCommand } from '../src/discord/command.ts';
import { slashCommand } from '../src/discord/declare.ts';
import { changeableTopics, topicChoices } from './shared/topic-choices.ts';
import { removeTopic } from './topics/remove.ts';

export const unsubscribe = defineCommand({
  declaration: slashCommand({
    name: 'unsubscribe',
    description: 'Follow a topic no longer',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'topic',
        description: 'Which topic',
        required: true,
        autocomplete: true,
        max_length: 100,
      },
    ],
  }),
  options: z.object({ topic: z.string() }),
  isPrivate: () => true,

  async run(request, services) {
    return { ...(await removeTopic(request.options.topic, request, services)), private: true };
  },

  async suggest(request, services) {
    return topicChoices(request.focused.value, await changeableTopics(request, services), services);
  },
});
