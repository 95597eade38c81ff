import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net';
import { Agent } from 'undici';
import { FetchError } from './errors.ts';

/** The addresses of a host name; throws when it has none. */
export type Lookup = (host: string) => Promise<string[]>;

/** https://www.iana.org/assignments/iana-ipv4-special-registry and its twin for IPv6: what is not out on the internet. */
const NOT_PUBLIC = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  NOT_PUBLIC.addSubnet(network, prefix, 'ipv4');
}
/** All that is public in IPv6; the transition networks in it may lead anywhere. */
const PUBLIC_IPV6 = new BlockList();
PUBLIC_IPV6.addSubnet('2000::', 3, 'ipv6');
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  NOT_PUBLIC.addSubnet(network, prefix, 'ipv6');
}

/** Whether an IP address is out on the internet: no loopback, private, link-local, shared or reserved one. */
function isPublic(ip: string): boolean {
  if (!isIPv6(ip)) return isIP(ip) === 4 && !NOT_PUBLIC.check(ip, 'ipv4');
  return PUBLIC_IPV6.check(ip, 'ipv6') && !NOT_PUBLIC.check(ip, 'ipv6');
}

/**
 * Checks that a redirect from a configured address leads somewhere that a stranger may send us: to the same host, or out on
 * the internet. Returns the addresses that were checked, which are the only ones to connect to: asked again, the name may
 * lead elsewhere. `null` for the same host, which may be anywhere.
 * @throws FetchError, permanent, when it does not.
 */
export async function checkRedirect(from: URL, to: URL, lookup: Lookup): Promise<string[] | null> {
  if (to.protocol !== 'https:' && to.protocol !== 'http:') {
    throw new FetchError(
      `${from.host} redirects to an address of the kind "${to.protocol}", which is not followed.`,
      'permanent',
    );
  }
  if (to.host === from.host) return null;
  const host = to.hostname.replace(/^\[(.*)\]$/, '$1');
  const addresses = isIP(host) ? [host] : await lookup(host);
  if (addresses.length > 0 && addresses.every(isPublic)) return addresses;
  throw new FetchError(
    `${from.host} redirects to ${to.host}, which is no public address, so it is not followed. If that is right, configure the new address itself.`,
    'permanent',
  );
}

/** Connections that lead to these IP addresses alone, whatever name is asked for. */
export function connectionsTo(addresses: readonly string[]): Agent {
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  const lookup: LookupFunction = (_host, { all }, callback) => {
    const [first] = found;
    if (all || !first) callback(null, found);
    else callback(null, first.address, first.family);
  };
  return new Agent({ connect: { lookup } });
}
