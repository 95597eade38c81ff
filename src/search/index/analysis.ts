import { STOPWORDS } from '../text/stopwords.ts';
import { stemOf } from '../text/stem.ts';
import { tokens } from '../text/tokens.ts';
import { hash } from './hash.ts';
import { TITLE_WEIGHT } from './segment.ts';

/** Text that meets every rule by which words are cut. */
const PROBE =
  "Poincar\\'e Gödel's $\\ell_0$ \\emph{state}-of-the-art GPT-4o Qwen2.5 FlashAttention C++ U.S. 数据 1920times1080 ﬁne β-VAE straße running generalization behaviour";

/** Changes when words are cut, stemmed or weighted in another way: then an index made before does not fit. */
export const ANALYSIS = hash(
  JSON.stringify([tokens(PROBE).map(({ word, whole }) => [word, stemOf(word), whole]), [...STOPWORDS], TITLE_WEIGHT]),
);
