import { once } from 'node:events';
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  MessageFlags,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Preview } from '../../src/preview/preview.ts';
import type { FromPage, ToPage } from '../../src/preview/protocol.ts';
import { SEED } from '../../src/preview/seed.ts';
import { logIn, openPreview, startBot, type Behaviour } from './bot.ts';

type Of<T extends ToPage['type']> = Extract<ToPage, { type: T }>;

interface Page {
  received: ToPage[];
  send(message: FromPage): void;
  /** The first message of a type that came or will come. */
  next<T extends ToPage['type']>(type: T, fits?: (message: Of<T>) => boolean): Promise<Of<T>>;
}

async function openPage(preview: Preview): Promise<Page> {
  const socket = new WebSocket(`${preview.url.replace('http', 'ws')}/preview/socket`, { origin: preview.url });
  onTestFinished(() => socket.terminate());
  const received: ToPage[] = [];
  socket.on('message', (data: Buffer) => received.push(JSON.parse(data.toString('utf8')) as ToPage));
  await once(socket, 'open');
  return {
    received,
    send: (message) => socket.send(JSON.stringify(message)),
    async next(type, fits = () => true) {
      const find = (): ToPage | undefined =>
        received.find((message) => message.type === type && fits(message as never));
      await expect.poll(find).toBeDefined();
      return find() as never;
    },
  };
}

async function start(behaviour: Behaviour): Promise<{ preview: Preview; page: Page; commandId: string }> {
  const { preview } = await startBot(behaviour, { answerWithin: 300 });
  const page = await openPage(preview);
  const { commands } = await page.next('hello');
  return { preview, page, commandId: String(commands[0]?.['id']) };
}

const button = new ActionRowBuilder<ButtonBuilder>().addComponents(
  new ButtonBuilder().setCustomId('form').setLabel('Form').setStyle(ButtonStyle.Primary),
);

const form = new ModalBuilder()
  .setCustomId('sent')
  .setTitle('A form')
  .addComponents(
    new ActionRowBuilder<TextInputBuilder>().addComponents(
      new TextInputBuilder({ customId: 'note', label: 'Note', style: TextInputStyle.Short }),
    ),
  );

test('a page is told everything there is', async () => {
  const preview = await openPreview();
  const page = await openPage(preview);
  const hello = await page.next('hello');
  expect(hello).toMatchObject({
    user: { id: SEED.reader, username: 'ada', bot: false },
    bot: { username: 'Paperboy', bot: true },
    guild: { id: SEED.guild, name: 'Paper readers' },
    commands: [],
    botOnline: false,
  });
  expect(hello.channels.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'papers 0',
    'reading-group 0',
    'announcements 5',
    'paper-forum 15',
    'This week: scaling laws 11',
    'Paperboy 1',
  ]);
  await logIn(preview);
  expect((await page.next('bot')).online).toBe(true);
});

test('a command shows its answer and is then done', async () => {
  const { page, commandId } = await start({
    command: (command) => command.reply(command.options.getString('text', true)),
  });
  page.send({
    type: 'command',
    nonce: 'n1',
    channelId: SEED.papers,
    commandId,
    options: [{ name: 'text', type: 3, value: 'hello' }],
  });
  const { channelId, message } = await page.next('message');
  expect({ channelId, content: message['content'] }).toEqual({ channelId: SEED.papers, content: 'hello' });
  expect(await page.next('done')).toEqual({ type: 'done', nonce: 'n1' });
});

test('a button opens a form, which changes the message', async () => {
  const { page, commandId } = await start({
    command: (command) => command.reply({ content: 'one', components: [button] }),
    button: (press) => press.showModal(form),
    form: async (sent) => {
      if (sent.isFromMessage()) await sent.update(sent.fields.getTextInputValue('note'));
    },
  });
  page.send({ type: 'command', nonce: 'n1', channelId: SEED.papers, commandId, options: [] });
  const messageId = String((await page.next('message')).message['id']);
  const at = { channelId: SEED.papers, messageId };
  page.send({ type: 'press', nonce: 'n2', ...at, customId: 'form', componentType: 2 });
  expect(await page.next('modal')).toMatchObject({
    nonce: 'n2',
    messageId,
    modal: { custom_id: 'sent', title: 'A form' },
  });
  const components = [{ type: 1, components: [{ type: 4, custom_id: 'note', value: 'two' }] }];
  page.send({ type: 'submit', nonce: 'n3', ...at, customId: 'sent', components });
  const changed = await page.next('message', ({ message }) => message['content'] === 'two');
  expect(changed.message['id']).toBe(messageId);
});

test('suggestions come while typing', async () => {
  const { page, commandId } = await start({
    autocomplete: (typed) => typed.respond([{ name: 'Attention', value: `${typed.options.getFocused()}1` }]),
  });
  const options = [{ name: 'text', type: 3, value: 'att', focused: true }];
  page.send({ type: 'autocomplete', nonce: 'n1', channelId: SEED.papers, commandId, options });
  const choices = [{ name: 'Attention', value: 'att1' }];
  expect(await page.next('choices')).toEqual({ type: 'choices', nonce: 'n1', choices });
});

test('typing that the application does not answer fails', async () => {
  const { page, commandId } = await start({});
  page.send({
    type: 'autocomplete',
    nonce: 'n1',
    channelId: SEED.papers,
    commandId,
    options: [{ name: 'text', type: 3, value: 'a', focused: true }],
  });
  expect(await page.next('failed')).toMatchObject({ nonce: 'n1', reason: 'The application did not respond' });
});

test('a private answer can be dismissed, and is not shown to others', async () => {
  const { page, preview, commandId } = await start({
    command: (command) => command.reply({ content: 'psst', flags: MessageFlags.Ephemeral }),
  });
  await preview.addUser('bob').command(SEED.papers, 'echo');
  expect(page.received.filter(({ type }) => type === 'message')).toEqual([]);
  page.send({ type: 'command', nonce: 'n1', channelId: SEED.papers, commandId, options: [] });
  const { message } = await page.next('message');
  page.send({ type: 'dismiss', channelId: SEED.papers, messageId: String(message['id']) });
  expect(await page.next('deleted')).toMatchObject({ messageId: message['id'] });
});

test('an answer over a limit is shown as refused, and the command as failed', async () => {
  const { page, commandId } = await start({ command: (command) => command.reply('x'.repeat(2001)) });
  page.send({ type: 'command', nonce: 'n1', channelId: SEED.papers, commandId, options: [] });
  expect(await page.next('refused')).toMatchObject({
    method: 'POST',
    status: 400,
    code: 50035,
    message: 'Invalid Form Body',
    detail: expect.stringContaining('Must be 2000 or fewer in length.'),
  });
  expect((await page.next('failed')).reason).toBe('The application did not respond');
});

test('what a page may not do fails with a reason, and noise is passed over', async () => {
  const { page } = await start({});
  page.send('noise' as unknown as FromPage);
  page.send({ type: 'command', nonce: 'n1', channelId: SEED.papers, commandId: '1', options: [] });
  expect((await page.next('failed')).reason).toBe('This command is not available here.');
});

test('channels that come and go are told', async () => {
  const preview = await openPreview();
  const page = await openPage(preview);
  await page.next('hello');
  preview.world.addChannel({ name: 'new' });
  expect((await page.next('channels')).channels.map(({ name }) => name)).toContain('new');
});
