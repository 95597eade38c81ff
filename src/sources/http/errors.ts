import { UserError } from '../../core/errors.ts';

/** Why a document could not be fetched, in words for people. */
export class FetchError extends UserError {
  override name = 'FetchError';
  /** `transient`: trying again later may help. `permanent`: somebody has to change something first. */
  readonly kind: 'transient' | 'permanent';
  /** When the host may be asked again, where that is known. */
  readonly until: Date | null;

  constructor(message: string, kind: 'transient' | 'permanent', until: Date | null = null) {
    super(message);
    this.kind = kind;
    this.until = until;
  }
}

/** A fault of the moment: the same request may succeed within seconds. */
export class MomentaryError extends FetchError {
  override name = 'MomentaryError';

  constructor(message: string) {
    super(message, 'transient');
  }
}

/** The host was not asked, because it is being left alone until `until`. */
export class RestingError extends FetchError {
  override name = 'RestingError';

  constructor(host: string, until: Date) {
    super(`${host} is left alone for a while after an earlier failure.`, 'transient', until);
  }
}

/** The whole host is out of reach, or wants to be left alone for some time. */
export class HostError extends FetchError {
  override name = 'HostError';
  /** How long it asks to be left alone, in milliseconds; `null` when it says nothing. */
  readonly rest: number | null;

  constructor(message: string, rest: number | null) {
    super(message, 'transient');
    this.rest = rest;
  }
}
