import { Client, Events, GatewayCloseCodes, GatewayIntentBits } from 'discord.js';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { SEED } from '../../src/preview/seed.ts';
import { logIn, openPreview, startBot } from './bot.ts';

const echo = { command: (command: { reply(text: string): Promise<unknown> }) => command.reply('ok') };

/** The code with which the gateway closes after a message. */
async function closeCode(url: string, message: unknown): Promise<number> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/gateway?v=10&encoding=json`);
  onTestFinished(() => socket.terminate());
  await once(socket, 'message');
  socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  const [code] = (await once(socket, 'close')) as [number];
  return code;
}

test('the client logs in and finds the server with its channels', async () => {
  const preview = await openPreview();
  const client = await logIn(preview);
  const guild = client.guilds.cache.get(SEED.guild);
  expect(guild?.channels.cache.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['papers', 'reading-group', 'announcements', 'paper-forum', 'This week: scaling laws']),
  );
  expect(guild?.members.me?.id).toBe(client.user.id);
  expect(client.application.id).toBe(client.user.id);
  expect((await client.application.fetch()).name).toBe('Paperboy');
});

test('a wrong token is refused over REST', async () => {
  const preview = await openPreview();
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: preview.apiUrl } });
  await expect(client.login('AAAA.BBBB.CCCC')).rejects.toThrow('An invalid token was provided.');
  expect(preview.requests.at(-1)).toMatchObject({ status: 401, answer: { code: 0, message: '401: Unauthorized' } });
});

test.each([
  ['a wrong token', { op: 2, d: { token: 'x', intents: 1, properties: {} } }, GatewayCloseCodes.AuthenticationFailed],
  ['something before the token', { op: 8, d: {} }, GatewayCloseCodes.NotAuthenticated],
  ['what is not JSON', '{', GatewayCloseCodes.DecodeError],
  ['a message over 4096 bytes', JSON.stringify({ op: 1, d: 'x'.repeat(4096) }), GatewayCloseCodes.DecodeError],
])('the gateway closes on %s', async (_, message, code) => {
  const preview = await openPreview();
  expect(await closeCode(preview.url, message)).toBe(code);
});

test.each([
  ['a shard that is not one of its count', { shard: [2, 2] }, GatewayCloseCodes.InvalidShard],
  ['privileged intents', { intents: GatewayIntentBits.MessageContent }, GatewayCloseCodes.DisallowedIntents],
  ['no intents', { intents: null }, GatewayCloseCodes.InvalidIntents],
])('the gateway closes on %s', async (_, given, code) => {
  const preview = await openPreview();
  const identify = { op: 2, d: { token: preview.token, intents: 1, properties: {}, ...given } };
  expect(await closeCode(preview.url, identify)).toBe(code);
});

test('heartbeats are acknowledged', async () => {
  const preview = await openPreview();
  const socket = new WebSocket(`${preview.url.replace('http', 'ws')}/gateway?v=10&encoding=json`);
  onTestFinished(() => socket.terminate());
  await once(socket, 'message');
  socket.send(JSON.stringify({ op: 1, d: null }));
  const [data] = (await once(socket, 'message')) as [Buffer];
  expect(JSON.parse(data.toString('utf8'))).toMatchObject({ op: 11 });
});

test('an interaction from while the bot was cut off arrives when it resumes', async () => {
  const { preview, client } = await startBot(echo);
  const resumed = once(client, Events.ShardResume);
  preview.gateway.drop('cut');
  const answer = preview.user.command(SEED.papers, 'echo');
  await resumed;
  expect((await answer).content).toBe('ok');
});

test('a bot that is asked to reconnect resumes', async () => {
  const { preview, client } = await startBot(echo);
  const resumed = once(client, Events.ShardResume);
  preview.gateway.askToReconnect();
  await resumed;
  expect((await preview.user.command(SEED.papers, 'echo')).content).toBe('ok');
});

test('a bot whose session is forgotten identifies anew', async () => {
  const { preview, client } = await startBot(echo);
  const ready = once(client, Events.ShardReady);
  preview.gateway.forgetSessions();
  await ready;
  expect((await preview.user.command(SEED.papers, 'echo')).content).toBe('ok');
});

test('channels and servers that come and go are told', async () => {
  const preview = await openPreview();
  const client = await logIn(preview);
  const channelId = preview.world.addChannel({ name: 'new' });
  await expect.poll(() => client.channels.cache.has(channelId)).toBe(true);
  preview.world.deleteChannel(channelId);
  await expect.poll(() => client.channels.cache.has(channelId)).toBe(false);
  const { id } = preview.world.addServer('Another');
  await expect.poll(() => client.guilds.cache.get(id)?.name).toBe('Another');
  preview.world.removeBot(id);
  await expect.poll(() => client.guilds.cache.has(id)).toBe(false);
});

test('messages are told only to a bot that asked for them', async () => {
  const preview = await openPreview();
  const quiet = await logIn(preview);
  const curious = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages],
    rest: { api: preview.apiUrl },
  });
  onTestFinished(() => curious.destroy());
  const heard: string[] = [];
  quiet.on(Events.MessageCreate, () => heard.push('quiet'));
  curious.on(Events.MessageCreate, () => heard.push('curious'));
  const ready = once(curious, Events.ClientReady);
  await curious.login(preview.token);
  await ready;
  const channel = await quiet.channels.fetch(SEED.papers);
  if (channel?.isSendable()) await channel.send('hello');
  await expect.poll(() => heard).toEqual(['curious']);
});
