import {
  ActionRowBuilder,
  ApplicationCommandOptionType,
  ChannelType,
  GatewayDispatchEvents,
  ButtonBuilder,
  ButtonStyle,
  InteractionContextType,
  MessageFlags,
  ModalBuilder,
  PermissionFlagsBits,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
  type ChatInputCommandInteraction,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { InteractionFailed } from '../../src/preview/interactions/interactions.ts';
import { SEED } from '../../src/preview/seed.ts';
import { checkRequest, hasOpenApi } from '../helpers/openapi.ts';
import { startBot, type Started } from './bot.ts';

const button = (id: string): ActionRowBuilder<ButtonBuilder> =>
  new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId(id).setLabel('Press').setStyle(ButtonStyle.Primary),
  );

const select = new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
  new StringSelectMenuBuilder()
    .setCustomId('choose')
    .addOptions({ label: 'One', value: '1' }, { label: 'Two', value: '2' }),
);

const form = new ModalBuilder()
  .setCustomId('form')
  .setTitle('A form')
  .addComponents(
    new ActionRowBuilder<TextInputBuilder>().addComponents(
      new TextInputBuilder().setCustomId('note').setLabel('Note').setStyle(TextInputStyle.Short),
    ),
  );

function expectAllowed({ preview }: Started): void {
  if (!hasOpenApi) return;
  expect(preview.requests.flatMap(({ method, path, body }) => checkRequest(method, path, body))).toEqual([]);
}

describe('answers to a command', () => {
  test('a reply is shown to everybody and carries its interaction', async () => {
    const started = await startBot({ command: (command) => command.reply({ content: 'hello', withResponse: true }) });
    const { preview } = started;
    const other = preview.addUser('bob');
    const answer = await preview.user.command(SEED.papers, 'echo');
    expect(answer).toMatchObject({
      content: 'hello',
      author: { id: started.client.user.id },
      interaction_metadata: { type: 2, user: { id: preview.user.user.id } },
    });
    expect(other.messages(SEED.papers).map(({ content }) => content)).toEqual(['hello']);
    expectAllowed(started);
  });

  test('a private reply is shown to its user alone and goes when dismissed', async () => {
    const { preview } = await startBot({
      command: (command) => command.reply({ content: 'psst', flags: MessageFlags.Ephemeral }),
    });
    const answer = await preview.user.command(SEED.papers, 'echo');
    expect(answer.flags).toBe(MessageFlags.Ephemeral);
    expect(preview.addUser('bob').messages(SEED.papers)).toEqual([]);
    expect(preview.user.messages(SEED.papers)).toHaveLength(1);
    preview.user.dismiss(answer);
    expect(preview.user.messages(SEED.papers)).toEqual([]);
  });

  test('a deferred answer shows as loading, then as what it was edited to', async () => {
    let seen: number | undefined;
    const started = await startBot({
      async command(command) {
        await command.deferReply();
        seen = started.preview.user.messages(SEED.papers).at(-1)?.flags;
        await command.editReply('done');
      },
    });
    const answer = await started.preview.user.command(SEED.papers, 'echo');
    expect(seen).toBe(MessageFlags.Loading);
    expect(answer).toMatchObject({ content: 'done', flags: 0, edited_timestamp: null });
    expectAllowed(started);
  });

  test('a follow-up straight after a private deferral completes the loading message', async () => {
    const { preview } = await startBot({
      async command(command) {
        await command.deferReply({ flags: MessageFlags.Ephemeral });
        await command.followUp('first');
        await command.followUp('second');
      },
    });
    const answer = await preview.user.command(SEED.papers, 'echo');
    expect(answer).toMatchObject({ content: 'first', flags: MessageFlags.Ephemeral });
    await expect
      .poll(() => preview.user.messages(SEED.papers).map(({ content }) => content))
      .toEqual(['first', 'second']);
  });

  test('an answer can be read, changed and deleted again', async () => {
    const started = await startBot({
      async command(command) {
        await command.reply('one');
        const message = await command.fetchReply();
        await command.editReply(`${message.content} and two`);
        const extra = await command.followUp('extra');
        await command.deleteReply(extra);
      },
    });
    await started.preview.user.command(SEED.papers, 'echo');
    await expect
      .poll(() => started.preview.requests.filter(({ method }) => method === 'DELETE').map(({ status }) => status))
      .toEqual([204]);
    expect(started.preview.user.messages(SEED.papers).map(({ content }) => content)).toEqual(['one and two']);
    expectAllowed(started);
  });

  test('a file comes with an address that serves it', async () => {
    const { preview } = await startBot({
      command: (command) =>
        command.reply({
          files: [{ name: 'list.txt', attachment: Buffer.from('a list'), description: 'A list' }],
          embeds: [{ description: 'see', image: { url: 'attachment://list.txt' } }],
        }),
    });
    const answer = await preview.user.command(SEED.papers, 'echo');
    const address = answer.embeds[0]?.image?.url ?? '';
    expect(answer.attachments).toEqual([]);
    expect(await (await fetch(address)).text()).toBe('a list');
  });
});

describe('what goes wrong with an answer', () => {
  test('without an answer in time the user is told, and the late answer is refused with 10062', async () => {
    const { preview, errors } = await startBot(
      {
        async command(command) {
          await wait(150);
          await command.reply('late');
        },
      },
      { answerWithin: 50 },
    );
    await expect(preview.user.command(SEED.papers, 'echo')).rejects.toBeInstanceOf(InteractionFailed);
    await expect.poll(() => errors).toMatchObject([{ code: 10062, status: 404 }]);
  });

  test('a second first-answer is refused with 40060', async () => {
    const { preview, errors } = await startBot({
      async command(command) {
        const again = structuredClone({ id: command.id, token: command.token });
        await command.reply('one');
        await command.client.rest.post(`/interactions/${again.id}/${again.token}/callback`, {
          body: { type: 4, data: { content: 'two' } },
          auth: false,
        });
      },
    });
    await preview.user.command(SEED.papers, 'echo');
    await expect.poll(() => errors).toMatchObject([{ code: 40060 }]);
  });

  test('after fifteen minutes edits and follow-ups are refused with 50027', async () => {
    let now = Date.now();
    let held: ChatInputCommandInteraction | undefined;
    const { preview } = await startBot(
      {
        async command(command) {
          held = command;
          await command.reply('one');
        },
      },
      { clock: () => new Date(now) },
    );
    await preview.user.command(SEED.papers, 'echo');
    now += 14 * 60_000;
    await expect.poll(() => held?.replied).toBe(true);
    await held?.editReply('two');
    now += 2 * 60_000;
    await expect(held?.editReply('three')).rejects.toMatchObject({ code: 50027 });
    await expect(held?.followUp('four')).rejects.toMatchObject({ code: 50027 });
  });

  test('an answer over a limit is refused, and the reason stands in the failure', async () => {
    const { preview, errors } = await startBot(
      { command: (command) => command.reply('x'.repeat(2001)) },
      { answerWithin: 200 },
    );
    await expect(preview.user.command(SEED.papers, 'echo')).rejects.toThrow('Must be 2000 or fewer in length');
    expect(errors).toMatchObject([{ code: 50035 }]);
  });
});

describe('components, suggestions and forms', () => {
  test('a button changes its message', async () => {
    const started = await startBot({
      command: (command) => command.reply({ content: 'page 1', components: [button('next')] }),
      button: (press) => press.update({ content: `page 2 after ${press.message.content}`, components: [] }),
    });
    const { preview } = started;
    const first = await preview.user.command(SEED.papers, 'echo');
    const second = await preview.user.press(first, 'next');
    expect(second).toMatchObject({ id: first.id, content: 'page 2 after page 1', components: [] });
    await expect(preview.user.press(second, 'next')).rejects.toThrow('no component "next"');
    expectAllowed(started);
  });

  test('a button may defer its update, and answer with a further private message', async () => {
    const { preview } = await startBot({
      command: (command) => command.reply({ content: 'one', components: [button('more')] }),
      async button(press) {
        await press.deferUpdate();
        await press.followUp({ content: 'for you', flags: MessageFlags.Ephemeral });
      },
    });
    const first = await preview.user.command(SEED.papers, 'echo');
    const answer = await preview.user.press(first, 'more');
    expect(answer).toMatchObject({ content: 'for you', flags: MessageFlags.Ephemeral });
    expect(answer.id).not.toBe(first.id);
  });

  test('a select hands over what was chosen, and only what it offers', async () => {
    const { preview } = await startBot({
      command: (command) => command.reply({ content: 'choose', components: [select] }),
      select: (choice) => choice.reply(`chosen: ${choice.values.join()}`),
    });
    const first = await preview.user.command(SEED.papers, 'echo');
    expect((await preview.user.press(first, 'choose', ['2'])).content).toBe('chosen: 2');
    await expect(preview.user.press(first, 'choose', ['3'])).rejects.toThrow('does not offer "3"');
    await expect(preview.user.press(first, 'choose', [])).rejects.toThrow('between 1 and 1');
  });

  test('a form opened by a button comes back and changes the message', async () => {
    const started = await startBot({
      command: (command) => command.reply({ content: 'one', components: [button('edit')] }),
      button: (press) => press.showModal(form),
      form: async (sent) => {
        if (sent.isFromMessage()) await sent.update(`noted: ${sent.fields.getTextInputValue('note')}`);
      },
    });
    const { preview } = started;
    const first = await preview.user.command(SEED.papers, 'echo');
    const opened = await preview.user.pressForForm(first, 'edit');
    expect(opened.modal.title).toBe('A form');
    await expect(preview.user.submit(opened, { other: 'x' })).rejects.toThrow('no field "other"');
    expect(await preview.user.submit(opened, { note: 'hi' })).toMatchObject({ id: first.id, content: 'noted: hi' });
    expectAllowed(started);
  });

  test('suggestions come for the option being typed', async () => {
    const started = await startBot(
      {
        autocomplete: (typed) => {
          const { name, value } = typed.options.getFocused(true);
          return typed.respond([{ name: `${name} ${value}`, value: String(typed.options.getInteger('limit')) }]);
        },
      },
      { commands: [SEARCH] },
    );
    const choices = await started.preview.user.autocomplete(
      SEED.papers,
      'papers find',
      { limit: 3, query: 'sca' },
      'query',
    );
    expect(choices).toEqual([{ name: 'query sca', value: '3' }]);
    expectAllowed(started);
  });
});

const SEARCH: RESTPostAPIApplicationCommandsJSONBody = {
  name: 'papers',
  description: 'Papers',
  options: [
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'find',
      description: 'Finds',
      options: [
        {
          type: ApplicationCommandOptionType.String,
          name: 'query',
          description: 'What',
          required: true,
          autocomplete: true,
        },
        { type: ApplicationCommandOptionType.Integer, name: 'limit', description: 'How many', max_value: 10 },
        { type: ApplicationCommandOptionType.Channel, name: 'where', description: 'Where' },
      ],
    },
  ],
};

describe('what the application learns of an interaction', () => {
  const told: Record<string, unknown>[] = [];
  const tell = async (command: ChatInputCommandInteraction): Promise<void> => {
    told.push({
      context: command.context,
      owners: command.authorizingIntegrationOwners.toJSON(),
      guild: command.guildId,
      inCachedGuild: command.inCachedGuild(),
      permissions: command.memberPermissions?.bitfield,
      appCanSend: command.appPermissions.has(PermissionFlagsBits.SendMessages),
      locale: command.locale,
      user: command.user.username,
      channel: command.channelId,
    });
    await command.reply('ok');
  };
  const everywhere = { name: 'echo', description: 'Echo', integration_types: [0, 1], contexts: [0, 1, 2] };

  test('in a server: the member and its permissions', async () => {
    const { preview } = await startBot({ command: tell });
    const bob = preview.addUser('bob');
    bob.locale = 'de';
    bob.setPermissions(PermissionFlagsBits.ManageGuild);
    await bob.command(SEED.papers, 'echo');
    expect(told.at(-1)).toEqual({
      context: InteractionContextType.Guild,
      owners: { 0: SEED.guild },
      guild: SEED.guild,
      inCachedGuild: true,
      permissions: PermissionFlagsBits.ManageGuild,
      appCanSend: true,
      locale: 'de',
      user: 'bob',
      channel: SEED.papers,
    });
  });

  test('in direct messages: the user alone', async () => {
    const { preview } = await startBot({ command: tell });
    await preview.user.command(preview.user.directMessages, 'echo');
    expect(told.at(-1)).toMatchObject({
      context: InteractionContextType.BotDM,
      owners: { 0: '0' },
      guild: null,
      permissions: undefined,
      channel: SEED.directMessages,
    });
  });

  test('as an application of the user: in private channels and in servers without the bot', async () => {
    const { preview } = await startBot({ command: tell }, { commands: [everywhere] });
    const bob = preview.addUser('bob');
    const group = preview.world.addPrivateChannel([preview.user, bob]);
    const { id, channelId } = preview.world.addServer('Elsewhere', { hasBot: false, members: [bob] });
    await expect(bob.command(group, 'echo')).rejects.toThrow('no command /echo here');
    bob.installed = true;
    await bob.command(group, 'echo');
    expect(told.at(-1)).toMatchObject({
      context: InteractionContextType.PrivateChannel,
      owners: { 1: bob.user.id },
      guild: null,
    });
    await bob.command(channelId, 'echo');
    expect(told.at(-1)).toMatchObject({ owners: { 1: bob.user.id }, guild: id, inCachedGuild: false });
  });

  test('options come with their type and what they refer to', async () => {
    const { preview } = await startBot(
      {
        command: (command) =>
          command.reply(
            [
              command.options.getSubcommand(),
              command.options.getString('query', true),
              command.options.getInteger('limit'),
              command.options.getChannel('where', true).name,
            ].join(' '),
          ),
      },
      { commands: [SEARCH] },
    );
    const options = { query: 'x', limit: 5, where: SEED.forum };
    expect((await preview.user.command(SEED.papers, 'papers find', options)).content).toBe('find x 5 paper-forum');
    await expect(preview.user.command(SEED.papers, 'papers find', { query: 'x', limit: 11 })).rejects.toThrow(
      '"limit"',
    );
    await expect(preview.user.command(SEED.papers, 'papers find', {})).rejects.toThrow('"query" is required');
    await expect(preview.user.command(SEED.papers, 'papers lose', {})).rejects.toThrow('no subcommand "lose"');
  });

  test('an option for channels takes those of its types, and tells what their user may do there', async () => {
    const channel_types: ChannelType[] = [ChannelType.GuildForum];
    const where = { type: ApplicationCommandOptionType.Channel, name: 'where', description: 'Where', channel_types };
    const list = { type: ApplicationCommandOptionType.Subcommand, name: 'list', description: 'List', options: [where] };
    const group = { type: ApplicationCommandOptionType.SubcommandGroup, name: 'old', description: 'Old' };
    const command = { name: 'posts', description: 'Posts', options: [{ ...group, options: [list] }] };
    const { preview, client } = await startBot(
      { command: (command) => command.reply(command.options.getSubcommandGroup() ?? 'none') },
      { commands: [command as RESTPostAPIApplicationCommandsJSONBody] },
    );
    const told: unknown[] = [];
    client.ws.on(GatewayDispatchEvents.InteractionCreate, ({ data }: { data: unknown }) => told.push(data));
    const bob = preview.addUser('bob');
    bob.setPermissions(PermissionFlagsBits.ViewChannel);
    const answer = await bob.command(SEED.papers, 'posts old list', { where: SEED.forum });
    expect(answer.content).toBe('old');
    expect(answer.interaction_metadata).toMatchObject({ name: 'posts old list' });
    const permissions = PermissionFlagsBits.ViewChannel.toString();
    expect(told).toMatchObject([{ resolved: { channels: { [SEED.forum]: { name: 'paper-forum', permissions } } } }]);
    for (const other of [SEED.papers, '1180000000000009999']) {
      await expect(bob.command(SEED.papers, 'posts old list', { where: other })).rejects.toThrow('does not offer');
    }
  });

  test('a command for managers is not offered to others', async () => {
    const managed = { ...everywhere, default_member_permissions: PermissionFlagsBits.ManageGuild.toString() };
    const { preview } = await startBot({ command: tell }, { commands: [managed] });
    const bob = preview.addUser('bob');
    expect(bob.commands(SEED.papers)).toEqual([]);
    bob.setPermissions(PermissionFlagsBits.ManageGuild);
    expect(bob.commands(SEED.papers)).toHaveLength(1);
  });
});
