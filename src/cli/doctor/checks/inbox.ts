import { join } from 'node:path';
import { countUnreadable } from '../../../sources/inbox.ts';
import { counted } from '../../terminal.ts';
import { type Finding, fault, ok, warning, type World } from '../finding.ts';
import { folderProblem } from '../folders.ts';

/** Whether files can be read from the inbox and put away in it, and whether some wait for somebody to look at them. */
export async function checkInbox({ config: { sources, inbox } }: World): Promise<Finding[]> {
  if (!sources.includes('inbox')) return [ok('Not among PAPERBOY_SOURCES.')];
  const problem = await folderProblem(inbox);
  if (problem)
    return [fault(`${inbox} cannot be used. ${problem} Mend that, or set PAPERBOY_INBOX to another folder.`)];
  const waiting = await countUnreadable(inbox);
  if (waiting === 0) return [ok(`${inbox} can be used.`)];
  const folder = join(inbox, 'unreadable');
  const what = `${counted(waiting, 'file')} in ${folder} could not be read.`;
  return [warning(`${what} The text beside each says why: mend it and move it back to ${inbox}, or delete it.`)];
}
