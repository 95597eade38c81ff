/** What a test makes go wrong with requests of the bot. */
export interface Fault {
  /** Only requests with this method. Default: any. */
  method?: string;
  /** Only paths that match, without `/api/v10`, for example `/^\/channels\/\d+\/messages$/`. Default: any. */
  path?: RegExp;
  /** How many requests it hits before it is gone. Default: 1. */
  times?: number;
  /** Serves it so much later, in milliseconds; with `applied` only the answer is late. */
  delay?: number;
  /**
   * Instead of the answer: an error status, a connection reset, or a 429 that asks to wait `retryAfter` seconds.
   * Without it the request is answered as usual.
   */
  instead?: { status: number; code?: number; message?: string } | 'reset' | { retryAfter: number; global?: boolean };
  /** Whether the request takes effect at once, so that only its answer is late or lost. Default: no. */
  applied?: boolean;
}

export interface Faults {
  /** Plans a fault; the returned function takes it back. Of several that fit, the one planned first hits. */
  add(fault: Fault): () => void;
  /** The fault that hits this request, counted as used. */
  take(method: string, path: string): Fault | null;
  clear(): void;
}

export function createFaults(): Faults {
  let planned: { fault: Fault; left: number }[] = [];
  return {
    add(fault) {
      const plan = { fault, left: fault.times ?? 1 };
      planned.push(plan);
      return () => {
        planned = planned.filter((other) => other !== plan);
      };
    },
    take(method, path) {
      const plan = planned.find(({ fault }) => (fault.method ?? method) === method && (fault.path?.test(path) ?? true));
      if (!plan) return null;
      plan.left -= 1;
      if (plan.left <= 0) planned = planned.filter((other) => other !== plan);
      return plan.fault;
    },
    clear() {
      planned = [];
    },
  };
}
