/** A paper that every layout can show. */
export interface ShownPaper {
  arxivId: string;
  title: string;
  /** One line. */
  abstract: string;
  authors: readonly string[];
  upvotes: number;
  comments: number;
}

/** Layouts besides the page as plain text. */
export type DocumentLayout =
  | 'hugging-face-api'
  | 'hugging-face-html'
  | 'markdown'
  | 'rss'
  | 'arxiv-rss'
  | 'arxiv-atom'
  | 'arxiv-mail'
  | 'json-lines';

/** Renders the papers as a document published on 2026-06-01. */
export const RENDER: Readonly<Record<DocumentLayout, (papers: readonly ShownPaper[]) => string>> = {
  'hugging-face-api': (papers) => JSON.stringify(papers.map(apiElement), null, 1),
  'hugging-face-html': renderHtml,
  markdown: renderMarkdown,
  rss: renderRss,
  'arxiv-rss': renderArxivRss,
  'arxiv-atom': renderArxivAtom,
  'arxiv-mail': renderArxivMail,
  'json-lines': (papers) => papers.map(({ title, abstract }) => JSON.stringify({ title, abstract })).join('\n'),
};

function apiElement(paper: ShownPaper) {
  const { arxivId, title, abstract, authors, upvotes, comments } = paper;
  return {
    paper: {
      id: arxivId,
      authors: authors.map((name) => ({ name })),
      publishedAt: '2026-05-29T00:00:00.000Z',
      submittedOnDailyAt: '2026-06-01T00:00:00.000Z',
      title,
      summary: abstract,
      upvotes,
      discussionId: 'd',
    },
    title,
    numComments: comments,
  };
}

export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function renderHtml(papers: readonly ShownPaper[]): string {
  const props = escapeMarkup(JSON.stringify({ dailyPapers: papers.map(apiElement) }));
  return `<!doctype html>\n<html><head><title>Papers</title></head><body><main>
<div class="page" data-target="DailyPapers" data-props="${props}"></div></main></body></html>\n`;
}

function renderMarkdown(papers: readonly ShownPaper[]): string {
  const blocks = papers.map(({ arxivId, title, abstract, authors, upvotes, comments }) => {
    const address = `https://huggingface.co/papers/${arxivId}`;
    const count = comments > 0 ? `[${comments}](${address}#community)` : '';
    return [
      upvotes > 0 ? `[${upvotes}](https://huggingface.co/login?next=%2Fpapers)` : '[-]',
      `### [${title}](${address})`,
      `[${abstract.replaceAll('. ', '.\\\\\n')}](${address})`,
      `- ${authors.length} authors`,
      '·',
      `May 29${count}`,
    ].join('\n\n');
  });
  return `Jun 1\n\n${blocks.join('\n\n')}\n`;
}

function renderRss(papers: readonly ShownPaper[]): string {
  const items = papers.map(
    ({ title, abstract, authors }, index) => `<item>
<title>${escapeMarkup(escapeMarkup(title))}</title>
<link>https://news.example/${index}</link>
<description><![CDATA[<p>${escapeMarkup(abstract)}</p>]]></description>
${authors.map((name) => `<dc:creator>${name}</dc:creator>`).join('')}
</item>`,
  );
  return `<?xml version="1.0"?>\n<rss version="2.0"><channel><title>News</title>\n${items.join('\n')}\n</channel></rss>`;
}

function renderArxivRss(papers: readonly ShownPaper[]): string {
  const items = papers.map(
    ({ arxivId, title, abstract, authors }) => `<item>
<title>${escapeMarkup(title)}</title>
<link>https://arxiv.org/abs/${arxivId}</link>
<description>arXiv:${arxivId}v1 Announce Type: new 
Abstract: ${escapeMarkup(abstract)}</description>
<guid isPermaLink="false">oai:arXiv.org:${arxivId}v1</guid>
<category>cs.CL</category>
<arxiv:announce_type>new</arxiv:announce_type>
<dc:creator>${authors.join(', ')}</dc:creator>
</item>`,
  );
  return `<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" version="2.0"><channel><title>cs.CL</title>
<pubDate>Mon, 01 Jun 2026 00:00:00 -0400</pubDate>\n${items.join('\n')}\n</channel></rss>`;
}

function renderArxivAtom(papers: readonly ShownPaper[]): string {
  const entries = papers.map(
    ({ arxivId, title, abstract, authors }) => `<entry>
<id>http://arxiv.org/abs/${arxivId}v2</id>
<title>${escapeMarkup(title)}</title>
<updated>2026-05-31T09:00:00Z</updated>
<published>2026-05-29T09:00:00Z</published>
<summary>${escapeMarkup(abstract)}</summary>
${authors.map((name) => `<author><name>${name}</name></author>`).join('')}
<link href="https://arxiv.org/abs/${arxivId}v2" rel="alternate" type="text/html"/>
<category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
</entry>`,
  );
  return `<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n<title>query</title>\n${entries.join('\n')}\n</feed>`;
}

const DASHES = '-'.repeat(78);

function renderArxivMail(papers: readonly ShownPaper[]): string {
  const blocks = papers.map(
    ({ arxivId, title, abstract, authors }) => `\\\\
arXiv:${arxivId}
Date: Fri, 29 May 2026 09:00:00 GMT   (310kb)

Title: ${title.replace(' ', '\n  ')}
Authors: ${authors.join(', ')}
Categories: cs.CL cs.AI
\\\\
  ${abstract.replaceAll('. ', '.\n')}
\\\\ ( https://arxiv.org/abs/${arxivId} ,  310kb)
${DASHES}`,
  );
  return `${DASHES}\n${DASHES}\nreceived from  Thu 28 May 26 18:00:00 GMT  to  Fri 29 May 26 18:00:00 GMT\n${DASHES}\n${blocks.join('\n')}\n`;
}
