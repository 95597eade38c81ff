const ARXIV_HOSTS = /^(?:www\.|export\.)?arxiv\.org$/;
const HUGGING_FACE_HOSTS = /^(?:www\.)?(?:huggingface\.co|hf\.co)$/;

/** https://info.arxiv.org/help/arxiv_identifier.html */
const NEW_STYLE = /^(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})(?:v\d+)?$/;
const OLD_STYLE = /^([a-z]+(?:-[a-z]+)?)(?:\.[a-z-]+)?(\/\d{2}(?:0[1-9]|1[0-2])\d{3})(?:v\d+)?$/;

/**
 * The key that tells titles apart: two titles with one key name the same paper. Unicode NFKD, accents dropped, lower case,
 * every run of anything but letters and digits one space. A title without letters and digits is its own key.
 */
export function titleKey(title: string): string {
  const folded = title.normalize('NFKD').toLowerCase().normalize('NFKD');
  const words = folded.replace(/\p{M}+/gu, '').replace(/[^\p{L}\p{N}]+/gu, ' ');
  return words.trim() || folded.trim();
}

/**
 * The arXiv id without its version and subject class (`2203.01250`, `hep-th/9901001`, `math/0309136`) from an id or an
 * address of arxiv.org or huggingface.co/papers; `null` for any other text.
 */
export function arxivIdIn(text: string): string | null {
  const trimmed = text.trim().replace(/^<(.*)>$/, '$1');
  return idIn(trimmed.replace(/^(?:oai:arxiv\.org:|arxiv:)\s*/i, '')) ?? idInAddress(trimmed);
}

function idIn(text: string): string | null {
  const lower = text.toLowerCase();
  const oldStyle = OLD_STYLE.exec(lower);
  return oldStyle ? `${oldStyle[1]}${oldStyle[2]}` : (NEW_STYLE.exec(lower)?.[1] ?? null);
}

function idInAddress(text: string): string | null {
  const address = /^(?:https?:\/\/)?([a-z.]+)\/([a-z-]+)\/([^?#\s]+)/i.exec(text);
  if (!address) return null;
  const [, host = '', section, rest = ''] = address;
  const known =
    ARXIV_HOSTS.test(host.toLowerCase()) || (HUGGING_FACE_HOSTS.test(host.toLowerCase()) && section === 'papers');
  return known ? idIn(rest.replace(/\/+$/, '').replace(/\.pdf$/i, '')) : null;
}
