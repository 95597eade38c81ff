import { Parser } from 'htmlparser2';
import { lineCounter } from './line-counter.ts';
import { UnreadableDigestError } from './unreadable.ts';

/** Pages nest some 40 elements, feeds some ten. */
const DEEPEST = 250;
/** A feed of 5,000 papers has some 100,000. */
const MOST_ELEMENTS = 500_000;

/** Called for what a document holds, in its order. */
export interface MarkupVisitor {
  open?(name: string, attributes: Readonly<Record<string, string>>, line: () => number): void;
  text?(text: string): void;
  /** `closed`: by a tag of its own, not by the end of what is around it. */
  close?(name: string, closed: boolean): void;
}

/**
 * Walks HTML or XML. Declarations are passed over, so that a document can define no entities: of them only those of HTML, or
 * the five of XML, are known. Nothing is executed or fetched.
 *
 * @throws UnreadableDigestError when elements are nested too deep, or are too many.
 */
export function walkMarkup(document: string, kind: 'html' | 'xml', visitor: MarkupVisitor): void {
  const lineAt = lineCounter(document);
  let depth = 0;
  let elements = 0;
  const line = (): number => lineAt(parser.startIndex);
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        depth += 1;
        elements += 1;
        if (depth > DEEPEST) throw new UnreadableDigestError(line(), `Elements are nested more than ${DEEPEST} deep.`);
        if (elements > MOST_ELEMENTS) {
          throw new UnreadableDigestError(line(), `There are more than ${MOST_ELEMENTS} elements.`);
        }
        visitor.open?.(name, attributes, line);
      },
      ontext: (text) => visitor.text?.(text),
      onclosetag: (name, isImplied) => {
        depth -= 1;
        visitor.close?.(name, !isImplied);
      },
    },
    { xmlMode: kind === 'xml', decodeEntities: true },
  );
  parser.end(document);
}
