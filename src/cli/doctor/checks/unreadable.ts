import { unreadableBySource } from '../../../store/health.ts';
import { counted } from '../../terminal.ts';
import { minute, ok, warning, withDatabase } from '../finding.ts';

/** Whether fetched documents are kept that this version could not read. */
export const checkUnreadable = withDatabase('None is kept.', async (db) => {
  const kept = await unreadableBySource(db);
  if (kept.length === 0) return [ok('None is kept.')];
  return kept.map(({ source, documents, latest, reason }) =>
    warning(
      `${source}: ${counted(documents, 'document')} kept, the latest of ${minute(latest)}: ${reason} They are read again when they change; if it stays so, update Paperboy.`,
    ),
  );
});
