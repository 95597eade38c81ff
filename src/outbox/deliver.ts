import { type Delivery, NO_PAYLOAD } from '../store/deliveries.ts';
import { beginAgain, failDelivery, markPosted, markSent, takeDelivery } from '../store/delivery-attempts.ts';
import type { Attempt, Delivering, Verdict } from './attempt.ts';
import { outgoingOf, readObject } from './outgoing.ts';
import type { SendOutcome, Trouble } from './sender.ts';
import { settle } from './settle.ts';

/** How long we rely on Discord to know a nonce, in milliseconds; it promises "the past few minutes". */
const NONCE_HELD = 60_000;

/** How long a request that nobody waits for any more may still be on its way to a forum, which knows no nonce, in milliseconds. */
const SETTLING = 3000;

const UNMADE: Trouble = {
  kind: 'refused',
  failure: { code: 'payload', words: 'No message could be made of what was to be told.' },
};

/** Sends one delivery that is due, unless another process is faster, and records what became of it. */
export async function deliver(world: Delivering, delivery: Delivery): Promise<Verdict> {
  const { db, clock } = world;
  const lease = world.lease();
  const attempt: Attempt = {
    delivery,
    owner: lease.owner,
    begunAt: clock(),
    unsureBefore: delivery.unsureSince,
    isHarmless: delivery.form === 'edit' || delivery.messageId !== null,
  };
  const made = await makeMessage(world, delivery);
  const payloadJson = await takeDelivery(
    db,
    delivery.id,
    lease,
    attempt.begunAt,
    typeof made === 'object' ? made : null,
  );
  if (payloadJson === null) return 'go on';
  if (delivery.draftJson !== null && payloadJson === NO_PAYLOAD) {
    return made === 'nothing left' ? drop(world, attempt) : settle(world, attempt, UNMADE);
  }
  attempt.delivery = { ...delivery, payloadJson };
  if (delivery.messageId !== null) return publish(world, attempt, delivery.messageId);
  const outcome = await send(world, attempt);
  if (outcome === null) return 'go on';
  if (outcome.kind !== 'sent') return settle(world, attempt, outcome);
  if (delivery.form !== 'announcement') return isSent(world, attempt, outcome.messageId);
  await markPosted(db, delivery.id, outcome.messageId);
  const posted = { ...delivery, attempts: 0, messageId: outcome.messageId };
  return publish(world, { ...attempt, delivery: posted, unsureBefore: null, isHarmless: true }, outcome.messageId);
}

/** What comes of a draft; `null` without one. */
async function makeMessage({ writeDraft }: Delivering, { draftJson, destination, form }: Delivery) {
  if (draftJson === null) return null;
  const draft = readObject(draftJson);
  return draft ? writeDraft(draft, { destination, form }) : 'cannot be made';
}

/** Nobody is told: what the message was about is gone. */
async function drop({ db, log }: Delivering, { delivery, owner }: Attempt): Promise<Verdict> {
  const { id, destination, subject } = delivery;
  await failDelivery(db, id, owner, { code: 'nothing left', words: 'What it was to tell of is gone.' });
  log.info({ delivery: id, destination, subject }, 'a message is dropped: what it was to tell of is gone');
  return 'go on';
}

/** `null`: another process has taken it over. */
async function send(world: Delivering, attempt: Attempt): Promise<SendOutcome | null> {
  const { clock, db, sender, lease } = world;
  const outgoing = await outgoingOf(db, attempt.delivery);
  if ('kind' in outgoing) return outgoing;
  const since = attempt.unsureBefore;
  const age = since && !attempt.isHarmless ? clock().getTime() - since.getTime() : null;
  const isForum = outgoing.form === 'forum post';
  if (isForum && age !== null && age < SETTLING)
    return { kind: 'wait', milliseconds: SETTLING - age, everywhere: false };
  if (since && age !== null && (isForum || age >= NONCE_HELD)) {
    const finding = await sender.find(outgoing, since);
    if (finding.kind === 'found') return { kind: 'sent', messageId: finding.messageId };
    if (finding.kind !== 'absent') return finding;
    attempt.begunAt = clock();
    attempt.unsureBefore = null;
    if (!(await beginAgain(db, attempt.delivery.id, lease(), attempt.begunAt))) return null;
  }
  return sender.send(outgoing);
}

/** What was posted is never posted again: where it cannot be published, it is sent all the same. */
async function publish(world: Delivering, attempt: Attempt, messageId: string): Promise<Verdict> {
  const { db, log, clock } = world;
  const { id, destination, subject } = attempt.delivery;
  const outcome = await world.sender.publish(destination, messageId);
  if (outcome.kind === 'published') return isSent(world, attempt, messageId);
  if (outcome.kind !== 'refused' && outcome.kind !== 'closed') {
    return settle(world, attempt, outcome);
  }
  const { failure } = outcome;
  await markSent(db, id, messageId, clock(), failure);
  log.error({ delivery: id, destination, subject, failure }, 'a message was posted and could not be published');
  return 'go on';
}

async function isSent({ db, log, clock }: Delivering, { delivery }: Attempt, messageId: string): Promise<Verdict> {
  await markSent(db, delivery.id, messageId, clock());
  const { id, subject, destination } = delivery;
  log.debug({ delivery: id, subject, destination, message: messageId }, 'delivered');
  return 'go on';
}
