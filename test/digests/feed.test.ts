import { describe, expect, it } from 'vitest';
import { readDigest, UnreadableDigestError } from '../../src/digests/read.ts';

const readOn = '2026-06-03';

function read(text: string) {
  return readDigest(text, { readOn });
}

function rss(...items: string[]): string {
  const texts = items.map((item) => `<item>\n${item}\n</item>`);
  return `<?xml version="1.0"?>\n<rss version="2.0">\n<channel><title>News</title>\n${texts.join('\n')}\n</channel></rss>`;
}

function atom(...entries: string[]): string {
  const texts = entries.map((entry) => `<entry>\n${entry}\n</entry>`);
  return `<feed xmlns="http://www.w3.org/2005/Atom">\n<title>News</title>\n${texts.join('\n')}\n</feed>`;
}

describe('a feed', () => {
  it('of RSS 2.0 gives titles, texts, people, days and subjects', () => {
    const { entries, ...digest } = read(
      rss(`<title>Kites &amp;amp; strings</title><link>https://news.example/1</link>
<description>&lt;p&gt;We fly &lt;b&gt;kites&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;They&amp;nbsp;rise.&lt;script&gt;no()&lt;/script&gt;&lt;/p&gt;</description>
<author>ada@example.org (Ada Quill)</author><pubDate>Sun, 31 May 2026 23:30:00 -0200</pubDate>
<category>wind</category><category> string </category>`),
    );
    expect(digest).toEqual({ layout: 'feed', date: null, rejected: [] });
    expect(entries[0]).toMatchObject({
      line: 4,
      title: 'Kites & strings',
      abstract: 'We fly kites.\n\nThey rise.',
      authors: ['Ada Quill'],
      authorCount: 1,
      publishedOn: '2026-06-01',
      keywords: ['wind', 'string'],
      url: 'https://news.example/1',
      arxivId: null,
    });
  });

  it('of RSS 1.0 is read as well', () => {
    const text = `<?xml version="1.0"?><!-- made by hand --><rdf:RDF xmlns="http://purl.org/rss/1.0/">
<channel><title>News</title></channel><item><title>Kites</title><link>https://arxiv.org/abs/2605.00001v3</link>
<dc:creator>Quill, Ada</dc:creator><dc:date>2026-05-30T10:00:00+02:00</dc:date></item></rdf:RDF>`;
    expect(read(text).entries).toMatchObject([
      { title: 'Kites', abstract: null, authors: ['Quill, Ada'], publishedOn: '2026-05-30', arxivId: '2605.00001' },
    ]);
  });

  it('of Atom is read with its kinds of text, also with a prefix', () => {
    const entry = `<title type="html">A &lt;em&gt;kite&lt;/em&gt; &amp;amp; b</title>
<link rel="self" href="https://news.example/self"/><link href="https://news.example/2"/>
<author><name>Ada Quill</name><email>a@example.org</email></author><author><name>Bo Marsh</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">We fly <b>kites</b>.</div></content>
<published>2026-05-30T10:00:00Z</published><category term="wind"/>`;
    const expected = {
      title: 'A kite & b',
      abstract: 'We fly kites.',
      authors: ['Ada Quill', 'Bo Marsh'],
      url: 'https://news.example/2',
      publishedOn: '2026-05-30',
      keywords: ['wind'],
    };
    expect(read(atom(entry)).entries).toMatchObject([expected]);
    const prefixed = atom(entry)
      .replace(/<(\/?)(feed|title|link|author|name|entry|content|published|category)\b/g, '<$1atom:$2')
      .replace('xmlns=', 'xmlns:atom=');
    expect(read(prefixed).entries).toMatchObject([expected]);
  });

  it('in another encoding than UTF-8 is read as it declares', () => {
    const text = rss('<title>Émile’s kites</title>').replace('1.0"', '1.0" encoding="windows-1252"');
    const bytes = Buffer.from(text.replace('’', '\x92'), 'latin1');
    expect(readDigest(bytes, { readOn }).entries).toMatchObject([{ title: 'Émile’s kites' }]);
    const unknown = Buffer.from(text.replace('windows-1252', 'none-such'), 'latin1');
    expect(() => readDigest(unknown, { readOn })).toThrow(UnreadableDigestError);
  });

  it('without items is an empty digest', () => {
    expect(read(rss())).toEqual({ layout: 'feed', date: null, entries: [], rejected: [] });
  });

  it('keeps its good items when others are without title, cut or doubled', () => {
    const good = '<title>Kites</title><description>We fly.</description>';
    const { entries, rejected } = read(
      rss('<description>Lost.</description>', good, '<title>Seals</title><title>Whales</title>').replace(
        '</channel></rss>',
        '<item><title>Gulls</title><description>They scr',
      ),
    );
    expect(entries.map(({ title, abstract }) => [title, abstract])).toEqual([['Kites', 'We fly.']]);
    expect(rejected).toEqual([
      { line: 4, reason: 'This item of the feed has no title.' },
      { line: 10, reason: 'This item of the feed has more than one "title".' },
      { line: 13, reason: 'This item of the feed is cut off or damaged.' },
    ]);
  });

  it('of which an item has lost its end pairs nothing across it', () => {
    const text = rss('<title>Kites</title>', '<title>Seals</title><description>They swim.</description>');
    const { entries, rejected } = read(text.replace('</item>', ''));
    expect(entries.map(({ title, abstract }) => [title, abstract])).toEqual([['Seals', 'They swim.']]);
    expect(rejected).toHaveLength(1);
  });
});

function arxivItem(
  id: string,
  type: string,
  text = `arXiv:${id} Announce Type: ${type} \nAbstract: We prove $a<b$\nfor all.`,
): string {
  return `
<title>On $x_1<\\alpha$ and \\"Uber</title><link>https://arxiv.org/abs/2605.00001</link>
<description>${text.replaceAll('<', '&lt;')}</description><guid isPermaLink="false">oai:arXiv.org:2605.00001v2</guid>
<category>cs.CL</category><pubDate>Mon, 01 Jun 2026 00:00:00 -0400</pubDate>
<arxiv:announce_type>${type}</arxiv:announce_type><dc:creator>Ada Quill (MIT, Cambridge), Bo Marsh, Jr., Jos\\'e Roc</dc:creator>`;
}

describe('a feed of arXiv', () => {
  it.each([
    ['new', 'new'],
    ['cross', 'cross'],
    ['replace', 'replacement'],
    ['replace-cross', 'replacement'],
  ])('tells how a paper was announced: %s', (type, announced) => {
    const text = rss(arxivItem('2605.00001v2', type).replace('<\\alpha', '&lt;\\alpha'));
    const { entries, date } = read(
      text.replace('<title>News', '<pubDate>Mon, 01 Jun 2026 00:00:00 -0400</pubDate><title>News'),
    );
    expect(date).toBe('2026-06-01');
    expect(entries[0]).toMatchObject({
      announced,
      arxivId: '2605.00001',
      title: String.raw`On $x_1<\alpha$ and \"Uber`,
      abstract: 'We prove $a<b$ for all.',
      authors: ['Ada Quill', 'Bo Marsh, Jr.', "Jos\\'e Roc"],
      authorCount: 3,
      keywords: ['cs.CL'],
      url: 'https://arxiv.org/abs/2605.00001',
      publishedOn: null,
    });
  });

  it('with the ids of two papers in one item keeps neither', () => {
    const text = rss(arxivItem('2605.99999v1', 'new').replace('<\\alpha', '&lt;\\alpha'));
    expect(() => read(text)).toThrow(/comes with the arXiv ids of two papers/);
  });

  it('that tells of an error is refused in the words of arXiv', () => {
    const text = atom(
      `<id>http://arxiv.org/api/errors#incorrect_id</id><title>Error</title><summary>incorrect id format for 1234</summary>`,
    );
    expect(() => read(text)).toThrow('arXiv answered with an error: incorrect id format for 1234. Mend the query.');
  });
});

function nested(count: number): string {
  return `<rss><channel><item><title>A</title>${'<a>'.repeat(count)}`;
}

describe('hostile XML', () => {
  it('can define no entities, near or far', () => {
    const laughs = Array.from({ length: 20 }, (_, n) => `<!ENTITY l${n + 1} "&l${n};&l${n};&l${n};&l${n};">`).join('');
    const text = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha"><!ENTITY far SYSTEM "file:///etc/passwd">${laughs}]>
<rss><channel><item><title>A&l20;B&far;C&#65;</title></item></channel></rss>`;
    const started = performance.now();
    expect(read(text).entries.map(({ title }) => title)).toEqual(['A&l20;B&far;CA']);
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it('may not nest without end, nor be all elements', () => {
    expect(() => read(nested(100_000))).toThrow(/nested more than 250 deep/);
    expect(() => read(nested(100_000))).toThrow(UnreadableDigestError);
    expect(() => read(`<rss>${'<a/>'.repeat(600_000)}`)).toThrow(/more than 500000 elements/);
  });

  it.each(['<', '<a b="', '&', '&#x', '<!--', '<![CDATA[', '<!', ']]>', '<a ', '</', 'a="b" ', '&lt;'])(
    '%j, a million characters of it, is refused or read in a second',
    (piece) => {
      const started = performance.now();
      for (const text of [`<rss><item><title>A</title><description>${piece.repeat(1_000_000 / piece.length)}`]) {
        for (const end of ['', '</description></item></rss>', '"></description></item></rss>']) {
          try {
            read(text + end);
          } catch (error) {
            expect(error).toBeInstanceOf(UnreadableDigestError);
          }
        }
      }
      expect(performance.now() - started).toBeLessThan(3000);
    },
  );
});
