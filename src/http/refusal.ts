/** A request that is not served, with the HTTP status that says so. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;

  /** `message` is the body of the answer. */
  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}
