const KEY = 'paperboy.theme';

type Theme = 'dark' | 'light';

/** The colours the reader chose before, else those of the system. */
export function currentTheme(storage: Storage): Theme {
  const kept = storage.getItem(KEY);
  if (kept === 'dark' || kept === 'light') return kept;
  return matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
}

export function showTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
}

/** Remembers and shows a theme. */
export function chooseTheme(storage: Storage, theme: Theme): void {
  storage.setItem(KEY, theme);
  showTheme(theme);
}
