/** Of libpq's words those that node-postgres follows: https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION */
const SSL_MODES = ['disable', 'require', 'verify-ca', 'verify-full'];

const EXPECTED = 'sqlite:PATH, for example sqlite:data/paperboy.db, or postgres://USER:PASSWORD@HOST:PORT/DATABASE';

/** Whether an address is one of PostgreSQL, or of what speaks its protocol. */
export function isPostgresUrl(url: string): boolean {
  return /^postgres(?:ql)?:/.test(url);
}

/** What is wrong with a database's address, in words without its secrets; `null`: nothing. */
export function addressFault(url: string): string | null {
  if (/^sqlite:./.test(url)) return null;
  if (!isPostgresUrl(url)) return `it starts with "${/^[a-z]*:?/i.exec(url)?.[0]}"; expected ${EXPECTED}`;
  if (!URL.canParse(url)) return `it cannot be read; expected ${EXPECTED}, with %40 for an @ in the password`;
  const { hostname, pathname, searchParams } = new URL(url);
  if (pathname.length < 2) return `it names no database; expected ${EXPECTED}`;
  if (hostname === '' && !searchParams.has('host')) return `it names no host; expected ${EXPECTED}`;
  const mode = searchParams.get('sslmode');
  if (mode !== null && !SSL_MODES.includes(mode)) return `sslmode=${mode}: expected ${SSL_MODES.join(', ')}`;
  if (mode === 'verify-ca' && !searchParams.has('sslrootcert')) return 'sslmode=verify-ca goes with sslrootcert=FILE';
  return null;
}

/** A database's address for people: without user, password and settings. */
export function addressForPeople(url: string): string {
  if (!isPostgresUrl(url) || !URL.canParse(url)) return url.split('@').at(-1) ?? '';
  const { host, pathname, searchParams } = new URL(url);
  return `postgres://${host || (searchParams.get('host') ?? '')}${pathname}`;
}
