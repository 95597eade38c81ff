import { unreadableBySource } from '../../../store/health.ts';
import { counted } from '../../terminal.ts';
import { type Finding, minute, ok, warning, type World } from '../finding.ts';

/** Whether fetched documents are kept that this version could not read. */
export async function checkUnreadable({ database }: World): Promise<Finding[]> {
  if (database instanceof Error) return [warning('Not checked: mend the database first.')];
  const kept = database ? await unreadableBySource(database) : [];
  if (kept.length === 0) return [ok('None is kept.')];
  return kept.map(({ source, documents, latest, reason }) =>
    warning(
      `${source}: ${counted(documents, 'document')} kept, the latest of ${minute(latest)}: ${reason} They are read again when they change; if it stays so, update Paperboy.`,
    ),
  );
}
