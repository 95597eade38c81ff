import type { FromPage, ToPage } from '../protocol.ts';

interface Listener {
  received(message: ToPage): void;
  lost(): void;
}

export interface Connection {
  /** Returns whether it could be sent: `false` while the connection is lost. */
  send(message: FromPage): boolean;
}

const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 3000;

/** A connection to the local Discord that comes back by itself after a break. */
export function connect(address: URL, listener: Listener): Connection {
  let socket: WebSocket;
  let wait = FIRST_WAIT_MS;
  const open = (): void => {
    socket = new WebSocket(address);
    socket.addEventListener('message', ({ data }) => {
      wait = FIRST_WAIT_MS;
      listener.received(JSON.parse(String(data)) as ToPage);
    });
    socket.addEventListener('close', () => {
      listener.lost();
      setTimeout(open, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    });
  };
  open();
  return {
    send(message) {
      if (socket.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(message));
      return true;
    },
  };
}

/** Where the page's own server listens for it. */
export function socketAddress(page: Location): URL {
  const address = new URL('/preview/socket', page.href);
  address.protocol = page.protocol === 'https:' ? 'wss:' : 'ws:';
  return address;
}
