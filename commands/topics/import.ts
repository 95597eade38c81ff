import { z } from 'zod';
import { UserError } from '../../src/core/errors.ts';
import type { PressRequest, PressResult, Reply, Request, Services } from '../../src/discord/command.ts';
import { customId } from '../../src/discord/custom-id.ts';
import { COLOURS } from '../../src/discord/render/colours.ts';
import { button, primaryButton, row } from '../../src/discord/render/components.ts';
import { count } from '../../src/discord/render/count.ts';
import { modal, type ModalField } from '../../src/discord/render/modal.ts';
import { toldWords } from '../../src/discord/render/topic-words.ts';
import { transferLines } from '../../src/discord/render/transfer.ts';
import { findState, keepState } from '../../src/store/button-states.ts';
import { planTransfer, transfer, type TransferPlan } from '../../src/topics/transfer.ts';
import { placeOf } from '../shared/topic-place.ts';

/** What a field of a form takes, in characters; three of them hold more topics than a reader may have. */
const FIELD = 4000;
const FIELDS = ['lines', 'more', 'rest'] as const;

/** Where pasted lines go: the reader's own topics (`null`), or those of a channel. */
const importing = z.object({ readerId: z.string(), where: z.string().nullable(), lines: z.array(z.string()) });
type Importing = z.infer<typeof importing>;

/** Asks for the lines; Discord opens forms on a press only. */
export async function importTopics(where: string | undefined, request: Request, services: Services): Promise<Reply> {
  const place = await placeOf({ where }, request, services);
  const id = await keep({ readerId: request.reader.id, where: where ?? null, lines: [] }, services);
  const told =
    place.destination.kind === 'user'
      ? 'become your own topics'
      : `become topics told ${toldWords({ ...place, schedule: null })}`;
  return {
    embeds: [
      {
        color: COLOURS.papers,
        title: 'Import topics',
        description: `Paste lines as ${services.mention('topics export')} writes them, one topic a line; they ${told}. A line needs no more than \`{"query": "llm agents"}\`. A topic of the same name is changed in what its line names. You see what changes before anything is saved.`,
      },
    ],
    components: [
      row(primaryButton(customId('topics', 'paste', id), 'Paste lines'), button(customId('topics', 'stop'), 'Cancel')),
    ],
  };
}

/** `paste` opens the form, `pasted` shows what would change, `take` saves it. */
export async function pressImport(request: PressRequest, services: Services): Promise<PressResult> {
  if (request.action[0] === 'stop') return { update: { content: 'Nothing was imported.' } };
  const asked = await importingOf(request, services);
  if (request.action[0] === 'paste') {
    return { modal: modal(customId('topics', 'pasted', request.action[1] ?? ''), 'Import topics', FIELDS.map(field)) };
  }
  if (request.action[0] === 'pasted') {
    const lines = FIELDS.flatMap((name) => (request.fields[name] ?? '').split('\n')).filter((line) => line.trim());
    return { update: await diffPage({ ...asked, lines }, request, services) };
  }
  const plan = await planOf(asked, request, services);
  await transfer(services.db, plan, services.quotas, services.clock());
  return { update: done(plan, services) };
}

function field(id: (typeof FIELDS)[number], index: number): ModalField {
  return index === 0
    ? {
        id,
        label: 'One topic a line',
        placeholder: '{"name": "Agents", "query": "llm agents"}',
        max: FIELD,
        isLong: true,
      }
    : {
        id,
        label: index === 1 ? 'More lines' : 'Still more lines',
        hint: 'When the field above is full',
        max: FIELD,
        isLong: true,
        optional: true,
      };
}

async function diffPage(asked: Importing, request: PressRequest, services: Services): Promise<Reply> {
  const plan = await planOf(asked, request, services);
  const changes = plan.added.length + plan.changed.length;
  const id = await keep(asked, services);
  return {
    embeds: [
      {
        color: changes > 0 ? COLOURS.papers : COLOURS.notice,
        title: changes > 0 ? 'What would change' : 'Nothing would change',
        description: transferLines(plan),
        ...(changes > 0 ? { footer: { text: 'Nothing is saved yet.' } } : {}),
      },
    ],
    components: [
      row(
        ...(changes > 0 ? [primaryButton(customId('topics', 'take', id), 'Save')] : []),
        button(customId('topics', 'paste', id), 'Paste again'),
        button(customId('topics', 'stop'), 'Cancel'),
      ),
    ],
  };
}

/** Lines decide neither where topics go nor whom they mention: that takes rights here and now. */
async function planOf({ lines, where }: Importing, request: PressRequest, services: Services): Promise<TransferPlan> {
  const place = await placeOf({ where: where ?? undefined }, request, services);
  const owner = { readerId: request.reader.id, guildId: place.guildId, destination: place.destination };
  const plan = await planTransfer(services.db, lines, owner);
  const changed = plan.changed.map(({ topic, change: { form: _form, mentionRoleId: _role, ...change } }) => ({
    topic,
    change,
  }));
  return {
    added: plan.added.map((topic) => ({ ...topic, form: place.form, mentionRoleId: null })),
    changed: changed.filter(({ change }) => Object.keys(change).length > 0),
    unchanged: [
      ...plan.unchanged,
      ...changed.flatMap(({ topic, change }) => (Object.keys(change).length > 0 ? [] : [topic])),
    ],
    faults: plan.faults,
  };
}

function done({ added, changed, faults }: TransferPlan, { mention }: Services): Reply {
  const left =
    faults.length > 0
      ? ` ${count(faults.length, 'line')} could not be read and ${faults.length === 1 ? 'was' : 'were'} left out.`
      : '';
  const description = `${count(added.length, 'topic')} added, ${changed.length.toLocaleString('en')} changed.${left} ${mention('topics list')} shows them.`;
  return { embeds: [{ color: COLOURS.papers, title: 'Imported', description }] };
}

function keep(state: Importing, { db, clock }: Services): Promise<string> {
  return keepState(db, state, clock());
}

async function importingOf({ action, reader }: PressRequest, { db }: Services): Promise<Importing> {
  const state = importing.safeParse(await findState(db, action[1] ?? ''));
  if (!state.success) throw new UserError('This is too old to go on with. Begin again with /topics import.');
  if (state.data.readerId === reader.id) return state.data;
  throw new UserError('This is somebody else’s. Begin your own with /topics import.');
}
