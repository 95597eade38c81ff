import { isPostgres } from '../../../store/database.ts';
import { type RunningProcess, runningProcesses } from '../../../store/processes.ts';
import { isSameGateway } from '../../start/pulse.ts';
import { type Finding, fault, minute, ok, warning, withDatabase } from '../finding.ts';

/** Which processes of Paperboy run on this database, and whether they get in each other's way. */
export const checkProcesses = withDatabase('None runs.', async (db) => {
  const running = await runningProcesses(db);
  if (running.length === 0) return [ok('None runs.')];
  const shared = isPostgres(db);
  const findings = [...twins(running, shared), ...(shared ? [] : strangers(running)), ...versions(running)];
  const said = running.map((one) => `${place(one)} (${one.roles.join(', ')}; since ${minute(one.startedAt)})`);
  return [...findings, ok(`Running: ${said.join('; ')}.`)];
});

const SEVERAL =
  'Several processes may share PostgreSQL: give them roles of their own (`paperboy start --only`) or shards (DISCORD_SHARDS), or end one.';

const place = ({ pid, host }: RunningProcess) => `process ${pid} on ${host}`;

/** Discord hands every command to each of them, and one answer alone is taken. */
function twins(running: readonly RunningProcess[], isShared: boolean): Finding[] {
  const gateways = running.filter(({ shards }) => shards !== null);
  const pairs = gateways.flatMap((one, index) =>
    gateways.slice(index + 1).flatMap((other) => (isSameGateway(one.shards, other.shards) ? [[one, other]] : [])),
  );
  return pairs
    .slice(0, 1)
    .map((pair) =>
      fault(
        `Two copies serve the same part of Discord's gateway: ${pair.map(place).join(' and ')}. Each command is answered by both, and the slower answer fails. Messages are still sent once. ${isShared ? SEVERAL : 'One is enough on SQLite: end the other.'}`,
      ),
    );
}

/** SQLite's locks do not reach over networks: https://sqlite.org/faq.html#q5 */
function strangers(running: readonly RunningProcess[]): Finding[] {
  const hosts = [...new Set(running.map(({ host }) => host))];
  if (hosts.length < 2) return [];
  return [
    fault(
      `The SQLite file is open on ${hosts.join(' and ')}, which sooner or later damages it. End Paperboy on all but one, or move to PostgreSQL (\`paperboy move\`). Containers have host names of their own: if these share a machine, that is well.`,
    ),
  ];
}

function versions(running: readonly RunningProcess[]): Finding[] {
  const all = [...new Set(running.map(({ version }) => version))];
  if (all.length < 2) return [];
  return [warning(`Different versions run: ${all.join(', ')}. Bring them all to the newest.`)];
}
