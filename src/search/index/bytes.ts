/** Bytes that grow at their end. */
export class Bytes {
  data: Uint8Array;
  length = 0;

  constructor(capacity = 8) {
    this.data = new Uint8Array(capacity);
  }

  push(byte: number): void {
    if (this.length === this.data.length) this.grow(1);
    this.data[this.length] = byte;
    this.length += 1;
  }

  /** Appends a whole number from 0 to 2^31 - 1, low seven bits first (LEB128). */
  pushNumber(value: number): void {
    let rest = value;
    while (rest > 127) {
      this.push((rest & 127) | 128);
      rest >>>= 7;
    }
    this.push(rest);
  }

  pushAll(bytes: Uint8Array): void {
    if (this.length + bytes.length > this.data.length) this.grow(bytes.length);
    this.data.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** A copy of what was appended so far, in a buffer of its own. */
  copy(): Uint8Array {
    return this.data.slice(0, this.length);
  }

  private grow(more: number): void {
    const grown = new Uint8Array(Math.max(this.data.length * 2, this.length + more));
    grown.set(this.data);
    this.data = grown;
  }
}
