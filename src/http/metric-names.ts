/** A metric of ours; docs and `/metrics` tell of the same ones. */
export interface Described {
  name: string;
  type: 'gauge' | 'counter' | 'histogram';
  help: string;
  labelNames: string[];
}

const described =
  (type: Described['type']) =>
  (name: string, help: string, ...labelNames: string[]): Described => ({
    name: `paperboy_${name}`,
    type,
    help,
    labelNames,
  });
const gauge = described('gauge');
const counter = described('counter');
const histogram = described('histogram');

export const build = gauge('build_info', 'The version that runs; always 1.', 'version');
export const firstAnswer = histogram(
  'interaction_first_answer_seconds',
  'How long readers waited for the first answer to an interaction, by command and by what became of the answer.',
  'command',
  'outcome',
);
export const sendAttempts = counter(
  'send_attempts_total',
  'Messages of the outbox that this process tried to send, by what Discord made of them.',
  'outcome',
);
export const databaseUp = gauge(
  'database_up',
  'Whether the database answered within two seconds; if not, what is read there is missing.',
);
export const deliveriesOpen = gauge(
  'deliveries_open',
  'Messages that are planned or being sent, of all processes.',
  'state',
);
export const oldestAge = gauge(
  'deliveries_oldest_age_seconds',
  'How long ago the oldest message was planned that is still to be sent, to places that are not disabled.',
);
export const sourceState = gauge(
  'source_state',
  'Whether a source is in this state: 1 for one of them, 0 for the others.',
  'source',
  'state',
);
export const lastLook = gauge('source_last_look_timestamp_seconds', 'When a source was looked at last.', 'source');
export const leaseHeld = gauge('lease_held', 'Whether this process does what one process at a time does.', 'lease');
export const indexPapers = gauge('index_papers', 'Papers in the search index of this process.');
export const indexBytes = gauge('index_bytes', 'Memory of the frozen part of the search index.');
export const indexBehind = gauge(
  'index_behind_changes',
  'Changes to papers that the search index of this process has still to read.',
);

/** All of them. */
export const METRICS: readonly Described[] = [
  build,
  firstAnswer,
  sendAttempts,
  databaseUp,
  deliveriesOpen,
  oldestAge,
  sourceState,
  lastLook,
  leaseHeld,
  indexPapers,
  indexBytes,
  indexBehind,
];
