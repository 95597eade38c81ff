import type { Paper } from '../core/paper.ts';

/** Discord's limit for the address of a button. */
const LONGEST = 512;

/** The longest title, URL-encoded, that a search address carries. */
const LONGEST_TITLE = 110;

/** Sites that hold code, with the owner and the name of a repository. */
const CODE =
  /\b(?:https?:\/\/)?(?:www\.)?((?:github|gitlab|gitee)\.com|bitbucket\.org|codeberg\.org)\/([\w.-]+)\/([\w.-]*\w)/i;

/**
 * An address that can stand in a message: http(s), without user name and password, at most 512 characters, with the
 * characters encoded that would end a Markdown link or begin a mention. `null` for anything else.
 */
export function safeUrl(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol) || url.username || url.password || !url.hostname) return null;
  const href = url.href.replace(/[()<>[\]\\|"'`*@\s]/g, percent);
  return href.length <= LONGEST ? href : null;
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

export function arxivUrl(arxivId: string): string {
  return `https://arxiv.org/abs/${arxivId}`;
}

/** The paper's page on Hugging Face, where it is discussed. */
export function huggingFaceUrl(arxivId: string): string {
  return `https://huggingface.co/papers/${arxivId}`;
}

/** Where a paper is found whose digest gave no id and no address: a search for its title. */
function searchUrls(title: string): { arxiv: string; huggingFace: string } {
  const words = encodedTitle(title);
  return {
    arxiv: `https://arxiv.org/search/?searchtype=title&query=${words}`,
    huggingFace: `https://huggingface.co/papers?q=${words}`,
  };
}

/** As many whole words of the title as fit into an address. */
function encodedTitle(title: string): string {
  let encoded = '';
  for (const word of title.match(/[\p{L}\p{N}]+/gu) ?? []) {
    const longer = `${encoded}${encoded && '+'}${encodeURIComponent(word)}`;
    if (longer.length > LONGEST_TITLE) break;
    encoded = longer;
  }
  return encoded;
}

/** The best address for a paper's title, at most 200 characters. */
export function titleUrl(paper: Paper): string {
  if (paper.arxivId) return arxivUrl(paper.arxivId);
  const given = paper.url && safeUrl(paper.url);
  return given && given.length <= 200 ? given : searchUrls(paper.title).huggingFace;
}

/** The repository an abstract names, as an address; `null` when it names none. */
export function codeUrl(abstract: string | null): string | null {
  const match = CODE.exec(abstract ?? '');
  if (!match) return null;
  const [, host = '', owner = '', name = ''] = match;
  return safeUrl(`https://${host.toLowerCase()}/${owner}/${name.replace(/\.git$/, '')}`);
}

/** A button's words and where it leads. */
export interface PaperLink {
  label: string;
  url: string;
}

/** Where a paper can be read and discussed, at most five. */
export function paperLinks(paper: Paper): PaperLink[] {
  const { arxivId } = paper;
  const links: (PaperLink | null)[] = arxivId ? knownLinks(paper, arxivId) : unknownLinks(paper);
  const code = codeUrl(paper.abstract);
  return [...links, code ? { label: 'Code', url: code } : null].filter((entry) => entry !== null);
}

function knownLinks(paper: Paper, arxivId: string): (PaperLink | null)[] {
  const page = huggingFaceUrl(arxivId);
  return [
    { label: 'arXiv', url: arxivUrl(arxivId) },
    { label: 'PDF', url: `https://arxiv.org/pdf/${arxivId}` },
    { label: 'Hugging Face', url: page },
    paper.comments ? { label: `Discussion (${paper.comments})`, url: `${page}#community` } : null,
  ];
}

function unknownLinks(paper: Paper): (PaperLink | null)[] {
  const given = paper.url && safeUrl(paper.url);
  const { arxiv, huggingFace } = searchUrls(paper.title);
  return [
    given ? { label: 'Paper', url: given } : null,
    { label: 'Find on arXiv', url: arxiv },
    { label: 'Find on Hugging Face', url: huggingFace },
  ];
}
