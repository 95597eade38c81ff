/** The edge of an embed: ink for papers, sand for notices without one. */
export const COLOURS = { papers: 0x3f6f9f, notice: 0xb8a26a } as const;
