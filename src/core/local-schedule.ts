/** When something happens again and again, by the clock on the wall of a place. */
export interface LocalSchedule {
  /** Minutes since local midnight, 0 to 1439. */
  minute: number;
  /** Local days of the week, 0 is Sunday; at least one. */
  days: readonly number[];
  /** IANA name. */
  timezone: string;
}
