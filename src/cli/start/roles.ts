import { UserError } from '../../core/errors.ts';

/** What a process may do; `http` answers interactions that Discord sends over HTTP. */
export const ROLES = ['gateway', 'http', 'ingest', 'sender'] as const;

export type Role = (typeof ROLES)[number];

/**
 * The roles that `--only` names, with commas between them; all of them where it names none.
 * @throws UserError that names what is no role.
 */
export function parseRoles(only?: string): ReadonlySet<Role> {
  const names = (only ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const unknown = names.filter((name) => !isRole(name));
  if (unknown.length > 0) {
    throw new UserError(
      `--only does not know "${unknown.join('", "')}"; it takes names out of: ${ROLES.join(', ')}, with commas between them.`,
    );
  }
  return new Set(names.length > 0 ? names.filter(isRole) : ROLES);
}

function isRole(name: string): name is Role {
  return (ROLES as readonly string[]).includes(name);
}
