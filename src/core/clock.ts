/** The present moment. A parameter everywhere, so that tests can say what time it is. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
