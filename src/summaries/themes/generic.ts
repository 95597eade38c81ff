import { stemOf } from '../../search/text/stem.ts';
import { isStopword } from '../../search/text/stopwords.ts';

/** What scholars say of any work: no part of a theme. */
const EMPTY = `
ability able abstract accelerate according account accuracy accurate achieve achievement across action active actual
additional address adopt advance advantage affect aggregate aim al algorithm allow alternative ambiguous amount
analysis analyze annotate anonymous apply approach appropriate approximate article artificial arxiv aspect assess
assessment associated assume assumption attempt attribute author automatic available average avoid aware baseline
basic benchmark benefit best better beyond bias big bottleneck bound break bridge bring broad budget build capability
capable capacity capture case category center central certain challenge challenging change characteristic characterize
choice choose circumvent claim clear close codebase coherent collect collection com combination combine common compact
comparable comparative compare comparison competitive complete complex component comprehensive computation compute
conclude condition conduct configuration confirm connect connection consider consist consistency consistent constraint
construct contain contrast contribute contribution conventional core correct correspond cover coverage create critical
crucial curate current custom date deal decade decrease dedicated define degree deliver demand demo demonstrate depend
deploy deployment depth derive describe desired despite detail determine develop development differ difference
different difficult difficulty direct direction discover discuss distinct distribute diverse dominant downstream dozen
drive drop due early ease easy effect effective effectiveness efficiency efficient effort eight element eliminate
emerge emergent emphasize empirical employ enable encode encourage end enhance enormous ensure entire especially
essential establish estimate et evaluate evidence evolve exact examine example exceed excellent exhibit exist existing
expand expect expensive experiment experimental explain explicit exploit exploration explore expose express extend
extension extensive extent external extract extreme face facilitate factor fail failure family far fast feasible final
find first fit five fix flexibility flexible focus follow formal format formulate formulation foundation four
framework frontier full fundamental furthermore future gain general generality generalize github goal good great group
grow growth guarantee guide half hand handle hard help hence heterogeneous hidden hierarchical highlight hold https
hundred hypothesis idea ideal identify illustrate impact implement implementation implication importance important
impressive improve improvement include incorporate increase independent indicate individual induce inform inherent
initial innovative input insight inspire integrate integration intelligent interact interest intermediate internal
interpret introduce intuitive invest investigate involve io issue iteration iterative joint key know known lack
landscape late latency lead leading level leverage light lightweight limit limitation list little main maintain major
majority manner manual match matter maximum mean meaningful measurement method methodology metric mid million minimal
mitigate mode modern modify modular motivate move multitude nature near necessary need net new nine notable novel
numerous observation observe obtain offer one open-source opensource operate operation optimize optimum option org
original outcome outperform output overall overcome overhead overlook overview page pair paper paradigm partial
particular pass past path percent perform perspective phase phenomenon pipeline place platform poor popular pose
positive possible post potential powerful practical practice precise precision prepare presence present preserve
prevent previous primary principle principled problem procedure produce product progress project promise promising
propagate proper property propose prototype prove provide public publish purpose qualitative quantitative quick raise
range rapid ratio reach real realistic reason recent recently recipe recover reduce reduction refer refine reflect
regard regime relate relation relationship relative release relevant reliability reliable rely remain remarkable
remove report represent require requirement researcher resolve respect respond rest restrict result retain reveal
review rich rigorous rise role rule run scalable scenario scheme scope score section seek sensitive separate serve
setting setup seven severe share short show significant similar simple simplify simulate situation six size skill
solid solution solve sota special specific specify speed split stability stable standard start static statistical
status still strategy strength strong study subject suboptimal subsequent substantial success successful suffer
sufficient suggest suit suitable suite superior supplement support surpass survey suspect symbol systematic tackle
tailor take target technique technology ten tend term third thing thorough thousand three threshold throughput top topic
total track trade tradeoff traditional transition treat trend trick trivial true turn two type typical ultimate unable
uncover underlie underscore unexplored unified uniform unify unique unit universal unknown unlike unlock unprecedented
unseen upon usage utility utilize valid validate validation valuable vanilla variable variant variation variety
various vary vast verify version viable vital wide widespread word work worse www year yet yield`;

/** Words of the whole field: no theme alone, but a part of many, as in `time series` or `image generation`. */
const BROAD = `
adapt adaptation adaptive align architecture area art attention audio base behavior cause class classic code community
complexity computational computer concept content context control correlation cost data dataset decision detection deep design
dimension distribution diversity domain dynamic dynamics environment error estimation evaluation event experience
expert extraction feature few field fine flow form free frequency function gap generalization generate generation
generative global graph ground high human image inference influence information instance instruct instruction
intelligence interaction interpretable interpretation knowledge label language large latent layer learn learning
library line linear link literature local long loss low machine map measure mechanism memory merge mix model modeling
module multi multiple natural network neural noise normal number object objective open optimal optimization order
parallel parameter part pattern performance plan planning play point policy position power predict prediction prefer
preference pretrain pretrained prior process processing program prompt proof quality question random rate region
regression representation research resource response reward robust robustness sample sampling scale scaling scene
science scientific search second select selection semantic sense sequence series set shape shift shot signal
similarity simulation single small software source space spatial stage state step structural structure student style
summary supervise supervision surface synthetic system task teacher temporal test testing text theoretical theory time
tool train trained training transfer transform translate tree tune tuning understand understanding update user value
video view vision visual world write zero`;

/** Names of the whole field or of half of it: themes only where the archive shows that they are more than usual. */
const FIELD = `
machine learning, deep learning, deep neural network, neural network, neural network model, neural network architecture, network
architecture, large language model, language model, training data, artificial intelligence, foundation model, pretrained model,
pre trained model, learning model, generative model, llm, ai, ml, nlp`;

/** First parts of words, alone no words. */
const PREFIXES = new Set(
  'anti auto bi co cross dis inter intra meta mono multi non post pre pseudo quasi re self semi sub tri un'.split(' '),
);
/** Last parts of compounds that say how, not what. */
const SUFFIXES = new Set(
  'agnostic aware based centric driven free guided informed invariant level like order oriented rank scale specific style time wise'.split(
    ' ',
  ),
);

/** Adjectives that no ending tells. */
const ADJECTIVES = new Set(
  'sparse dense large small low high long short deep fine single normal open random latent discrete robust joint synthetic convex'.split(
    ' ',
  ),
);
/** Adjectives and participles by their endings, and nouns that end so too. */
const QUALITY = /(?:[^aeiou]ic|ical|[aeiou][^aeiou]al|ional|ial|ive|ous|able|ible|ary|[^e]ed|ar|ly)$/;
const THINGS = new Set(
  'retrieval survival traversal refusal proposal appraisal withdrawal music logic traffic arithmetic topic metric'
    .concat(
      ' magic fabric clinic panic speed feed seed need corrective narrative perspective archive drive hive vocabulary binary',
    )
    .concat(
      ' calendar radar grammar solar scalar seminar assembly family anomaly monopoly table cable variable summary boundary diary',
    )
    .split(' '),
);

const stems = (words: string): string[] => words.split(/\s+/).filter(Boolean).map(stemOf);
const broad = new Set(stems(BROAD));
/** `general` and `generation` have one stem. */
const empty = new Set(stems(EMPTY).filter((stem) => !broad.has(stem)));
const fields = FIELD.split(',').map((name) => ` ${name.trim().replace(/\s+/g, ' ')} `);

/** Whether no theme has this word. */
export function isEmpty(word: string): boolean {
  return isStopword(word) || word.length < 2 || /^[\d.]+$/.test(word) || empty.has(stemOf(word));
}

/** Whether a word alone names no theme. */
export function isBroad(word: string): boolean {
  return broad.has(stemOf(word));
}

/** Whether a word is only the beginning of one. */
export function isPrefix(word: string): boolean {
  return PREFIXES.has(word);
}

/** Whether a word says how something is: no theme ends with it. */
export function isQuality(word: string): boolean {
  return ADJECTIVES.has(word) || (QUALITY.test(word) && !THINGS.has(word));
}

/** Whether a word after a hyphen makes the compound an adjective. */
export function isSuffix(word: string): boolean {
  return SUFFIXES.has(word);
}

/** Whether a term, as the key of a `Term`, is the name of the whole field or a part of it. */
export function isField(key: string): boolean {
  return fields.some((name) => name.includes(` ${key} `));
}
