import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { projectPath } from '../src/core/root.ts';

/** Where the labelled data lies, beside the project; not part of it. */
const FOLDER = projectPath('..', 'shared', 'ir');

export const LABELLED_SETS = ['scifact-train', 'tldr-dev', 'ml-kw', 'cranfield', 'cisi', 'cacm'];

export interface Document {
  id: string;
  title: string;
  abstract: string;
}

interface Query {
  id: string;
  text: string;
}

export interface LabelledSet {
  name: string;
  documents: Document[];
  queries: Query[];
  /** By query and document: how relevant, above 0. */
  relevance: Map<string, Map<string, number>>;
}

/** A labelled set; `null` where the data is absent. */
export function readSet(name: string): LabelledSet | null {
  if (!existsSync(`${FOLDER}/${name}/qrels.tsv`)) return null;
  const relevance = new Map<string, Map<string, number>>();
  for (const line of lines(`${name}/qrels.tsv`).slice(1)) {
    const [query = '', document = '', score = '0'] = line.split('\t');
    if (Number(score) <= 0) continue;
    const known = relevance.get(query) ?? new Map<string, number>();
    relevance.set(query, known.set(document, Number(score)));
  }
  return { name, documents: records(`${name}/corpus.jsonl`), queries: records(`${name}/queries.jsonl`), relevance };
}

/** Real abstracts for measuring speed and memory, without queries; `null` where the data is absent. */
export function readAbstracts(): Document[] | null {
  return existsSync(`${FOLDER}/ml/corpus.jsonl.gz`) ? records('ml/corpus.jsonl.gz') : null;
}

function records<Row>(path: string): Row[] {
  return lines(path).map((line) => JSON.parse(line) as Row);
}

function lines(path: string): string[] {
  const bytes = readFileSync(`${FOLDER}/${path}`);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().split('\n').filter(Boolean);
}
