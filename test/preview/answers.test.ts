import { REST, Routes } from 'discord.js';
import { expect, test } from 'vitest';
import { checkAnswer, hasOpenApi } from '../helpers/openapi.ts';
import type { Preview } from '../../src/preview/preview.ts';
import { SEED } from '../../src/preview/seed.ts';
import { openPreview } from './bot.ts';

const APPLICATION = '1180000000000000001';

/** Every kind of thing that a message may hold. */
const FULL = {
  content: `hello <@${SEED.reader}> <@&${SEED.readers}>`,
  nonce: '1',
  enforce_nonce: true,
  embeds: [{ title: 'a', fields: [{ name: 'a', value: 'b' }], footer: { text: 'c' }, color: 1 }],
  components: [
    { type: 1, components: [{ type: 2, style: 1, custom_id: 'a', label: 'A' }] },
    { type: 1, components: [{ type: 3, custom_id: 'b', options: [{ label: 'B', value: 'b' }] }] },
    { type: 1, components: [{ type: 8, custom_id: 'c' }] },
  ],
};

const LAYOUT = {
  flags: 1 << 15,
  components: [{ type: 17, components: [{ type: 10, content: 'a' }, { type: 14 }] }],
};

const COMMANDS = [
  {
    name: 'topics',
    description: 'Topics',
    options: [
      {
        type: 1,
        name: 'add',
        description: 'Adds',
        options: [{ type: 7, name: 'where', description: 'Where', channel_types: [0, 15] }],
      },
    ],
  },
];

type Ask = (method: 'get' | 'post' | 'patch' | 'put' | 'delete', path: string, body?: object) => Promise<string>;

/** Asks of everything there is once; some of it is refused. */
async function askEverything(ask: Ask): Promise<void> {
  const { papers, announcements, forum, thread, directMessages, guild, reader, readers } = SEED;
  for (const channel of [papers, announcements, forum, thread, directMessages])
    await ask('get', Routes.channel(channel));
  const message = await ask('post', Routes.channelMessages(papers), FULL);
  const reply = { content: 'yes', message_reference: { message_id: message } };
  for (const body of [reply, LAYOUT, {}]) await ask('post', Routes.channelMessages(papers), body);
  await ask('get', Routes.channelMessages(papers));
  await ask('patch', Routes.channelMessage(papers, message), { content: 'changed' });
  await ask('post', Routes.threads(papers, message), { name: 'About it' });
  await ask('post', Routes.threads(papers), { name: 'About anything', type: 11 });
  const news = await ask('post', Routes.channelMessages(announcements), { content: 'news' });
  await ask('post', Routes.channelMessageCrosspost(announcements, news));
  const applied_tags = [SEED.tags.summary];
  const post = await ask('post', Routes.threads(forum), { name: 'Papers', applied_tags, message: { content: 'a' } });
  await ask('patch', Routes.channel(post), { archived: true });
  await ask('get', Routes.guildActiveThreads(guild));
  await ask('get', Routes.channelThreads(forum, 'public'));
  await ask('post', Routes.userChannels(), { recipient_id: reader });
  await ask('post', Routes.channelTyping(papers));
  await ask('delete', Routes.channelMessage(papers, message));
  for (const path of ['/gateway', '/gateway/bot', '/applications/@me', '/users/@me', '/users/@me/guilds'])
    await ask('get', path);
  for (const path of [Routes.guild(guild), Routes.guildChannels(guild), Routes.guildRoles(guild)])
    await ask('get', path);
  await ask('get', Routes.guildRole(guild, readers));
  await ask('get', Routes.guildMember(guild, reader));
  await ask('put', Routes.applicationCommands(APPLICATION), COMMANDS);
  await ask('get', Routes.applicationCommands(APPLICATION));
}

function asker(preview: Preview): Ask {
  const rest = new REST({ api: preview.apiUrl, retries: 0 }).setToken(preview.token);
  return async (method, path, body) => {
    const answer = await rest[method](path as `/${string}`, body ? { body } : {}).catch(() => null);
    return (answer as { id?: string } | null)?.id ?? '';
  };
}

test.skipIf(!hasOpenApi)('answers have the shape that Discord describes', async () => {
  const preview = await openPreview();
  await askEverything(asker(preview));
  const refused = preview.requests.filter(({ status }) => status !== null && status >= 400);
  expect(refused.map(({ answer }) => (answer as { code: number }).code)).toEqual([50006]);
  const faults = preview.requests.flatMap(({ method, path, status, answer }) =>
    checkAnswer(method, path, status ?? 0, answer),
  );
  expect(faults).toEqual([]);
});
