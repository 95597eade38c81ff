import { snapshotFile } from '../../../search/archive.ts';
import { NO_SNAPSHOT, readSnapshot } from '../../../search/index/snapshot.ts';
import { type Finding, ok, warning, type World } from '../finding.ts';

/** Whether the next start finds the search index ready, or has to build it. */
export async function checkSearchIndex({ config }: World): Promise<Finding[]> {
  const file = snapshotFile(config);
  if (!file) return [ok('It is built at each start.')];
  const snapshot = await readSnapshot(file);
  if (typeof snapshot !== 'string') return [ok('Its snapshot is ready for the next start.')];
  if (snapshot === NO_SNAPSHOT) return [ok('It has no snapshot yet; a small archive needs none.')];
  return [
    warning(
      `Its snapshot cannot be used: ${snapshot}. Start Paperboy once; it builds the index anew, nothing is lost.`,
    ),
  ];
}
