import { z } from 'zod';
import { UserError } from '../../src/core/errors.ts';
import { isTimezone } from '../../src/core/zones.ts';
import type { PressRequest, Services } from '../../src/discord/command.ts';
import { findState, keepState } from '../../src/store/button-states.ts';

const schedule = z.object({
  minute: z.number().int().min(0).max(1439),
  days: z.array(z.number().int().min(0).max(6)).min(1).readonly(),
  timezone: z.string().refine(isTimezone),
});

/** What a topic is made of, before it is saved. */
const settings = z.object({
  name: z.string(),
  query: z.string(),
  guildId: z.string().nullable(),
  destination: z.object({ kind: z.enum(['channel', 'user']), id: z.string() }),
  form: z.enum(['message', 'forum post', 'announcement']),
  toldBy: z.enum(['message', 'inbox']),
  mentionRoleId: z.string().nullable(),
  schedule: schedule.nullable(),
});
export type Settings = z.infer<typeof settings>;

const newTopic = z.object({ readerId: z.string(), topic: settings });
/** A topic that a reader is about to follow. */
export type NewDraft = z.infer<typeof newTopic>;

const changedTopic = z.object({ readerId: z.string(), topicId: z.number(), change: settings.partial() });
/** What a reader is about to change of a topic; what is not named stays. */
export interface ChangeDraft {
  readerId: string;
  topicId: number;
  change: Partial<Settings>;
}

/** Keeps a draft for the buttons below it; returns the id to put into them. */
export function keepDraft(draft: NewDraft | ChangeDraft, { db, clock }: Services): Promise<string> {
  return keepState(db, draft, clock());
}

/**
 * The new topic that a button is about.
 * @throws UserError when it is somebody else's, or was forgotten.
 */
export async function newDraftOf(request: PressRequest, services: Services): Promise<NewDraft> {
  return checked(newTopic.safeParse(await stateOf(request, services)).data, request, '/subscribe');
}

/**
 * The change that a button is about.
 * @throws UserError when it is somebody else's, or was forgotten.
 */
export async function changeDraftOf(request: PressRequest, services: Services): Promise<ChangeDraft> {
  // JSON knows no `undefined`: what is there is named.
  const draft = changedTopic.safeParse(await stateOf(request, services)).data as ChangeDraft | undefined;
  return checked(draft, request, '/topics edit');
}

function stateOf({ action }: PressRequest, { db }: Services): Promise<unknown> {
  return findState(db, action[1] ?? '');
}

function checked<T extends { readerId: string }>(draft: T | undefined, { reader }: PressRequest, command: string): T {
  if (!draft) throw new UserError(`This is too old to go on with. Begin again with ${command}.`);
  if (draft.readerId === reader.id) return draft;
  throw new UserError(`This is somebody else’s. Begin your own with ${command}.`);
}
