/** The colours of a picture. */
export interface Theme {
  background: string;
  text: string;
  muted: string;
  grid: string;
  baseline: string;
  /** Of the lines, in their order. */
  lines: readonly string[];
}

/**
 * The backgrounds of Discord's dark and light appearance. The lines' colours can be told apart with every kind of colour
 * blindness (after Okabe and Ito, https://jfly.uni-koeln.de/color/), made lighter or darker to stand out from the background.
 */
export const THEMES = {
  dark: {
    background: '#313338',
    text: '#f2f3f5',
    muted: '#b5bac1',
    grid: '#43464d',
    baseline: '#7d828b',
    lines: ['#5cb8ee', '#f0a92b', '#35c79a', '#ec93c4', '#f3e96b'],
  },
  light: {
    background: '#ffffff',
    text: '#1e1f22',
    muted: '#5c5e66',
    grid: '#e6e7ea',
    baseline: '#989ba3',
    lines: ['#0072b2', '#c75200', '#007f5f', '#a8407f', '#7a6300'],
  },
} as const satisfies Record<string, Theme>;

export type ThemeName = keyof typeof THEMES;
