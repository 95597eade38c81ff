const NAMES: Record<string, string> = {
  inbox: 'Inbox',
  'hugging-face': 'Hugging Face Daily Papers',
  arxiv: 'arXiv',
};

/** What people call a source; outside text. */
export function sourceName(source: string): string {
  return NAMES[source] ?? source.replace(/^arxiv (?=\S)/, 'arXiv: ');
}
