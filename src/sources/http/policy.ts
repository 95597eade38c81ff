/** How a host wants to be treated. */
export interface Policy {
  /** Hosts that share a queue have one name. */
  queue: string;
  /** From one request to the next, in milliseconds. */
  spacing: number;
  /** How long it is left alone at least when it says 429, in milliseconds. */
  stop: number;
}

/**
 * https://info.arxiv.org/help/api/tou.html: one request every three seconds over one connection, for all of arXiv's
 * interfaces together. It says 429 also below that; trying again soon makes it worse.
 */
export const ARXIV: Policy = { queue: 'arxiv.org', spacing: 3000, stop: 10 * 60_000 };

/** Hugging Face allows 500 calls in five minutes, https://huggingface.co/docs/hub/rate-limits; others do not say. */
const USUAL = { spacing: 600, stop: 60_000 };

export function policyOf({ host, hostname }: URL): Policy {
  return /(?:^|\.)arxiv\.org$/.test(hostname) ? ARXIV : { queue: host, ...USUAL };
}
