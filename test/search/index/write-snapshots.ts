import { freeze } from '../../../src/search/index/frozen-segment.ts';
import { GrowingSegment } from '../../../src/search/index/growing-segment.ts';
import { writeSnapshot } from '../../../src/search/index/snapshot.ts';
import { facts } from '../archive.ts';

/** Writes one snapshot after the other until it is killed. Each says in every paper's votes which one it is. */
const [file = ''] = process.argv.slice(2);
const segment = new GrowingSegment();
for (let id = 1; id <= 2000; id++) {
  segment.add({ ...facts({ title: `Paper ${id}`, abstract: 'word '.repeat(100) }), id, appearances: [] });
}
const arrays = freeze(segment);
for (let number = 1; ; number++) {
  arrays.votes.fill(number);
  await writeSnapshot(file, { arrays, cursor: { papers: number, removals: 0 } });
  if (number === 1) process.stdout.write('writing\n');
}
