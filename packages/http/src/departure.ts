import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** What an agent is told besides Node's own options: when nobody waits for the connection any more. */
export interface DepartureOptions {
  readonly abandoned?: AbortSignal;
}

type State = 'waiting' | 'sent' | 'recalled';

/**
 * The way of a request until it is on the wire. Making a connection takes time, and when its origin
 * asks for a pause in that time, the request has to be called back.
 */
export class Departure {
  readonly #abandoned = new AbortController();
  #state: State = 'waiting';

  /** Ends with `signal`. */
  constructor(signal: AbortSignal) {
    if (signal.aborted) this.#abandoned.abort();
    signal.addEventListener('abort', () => this.#abandoned.abort(), { once: true });
  }

  /** Aborts the request on the wire and everything that leads there. */
  get signal(): AbortSignal {
    return this.#abandoned.signal;
  }

  get isRecalled(): boolean {
    return this.#state === 'recalled';
  }

  /** Ends a request of which nothing was sent yet; what is sent, stays. */
  readonly recall = (): void => {
    if (this.#state !== 'waiting') return;
    this.#state = 'recalled';
    this.#abandoned.abort();
  };

  /** What axios sends by, in place of Node's own two modules. */
  readonly transport = {
    request: (
      options: https.RequestOptions,
      onAnswer: (answer: http.IncomingMessage) => void,
    ): http.ClientRequest => {
      const { request } = options.protocol === 'https:' ? https : http;
      const watched: https.RequestOptions & DepartureOptions = {
        ...options,
        abandoned: this.#abandoned.signal,
      };
      return request(watched, onAnswer).once('socket', (socket) =>
        whenOpen(socket, () => {
          if (this.#state === 'waiting') this.#state = 'sent';
        }),
      );
    },
  };
}

// A request is written as soon as its connection is open, not before.
function whenOpen(socket: Socket, then: () => void): void {
  // Not in the types: true until the handshake is done.
  const isHandshaking =
    socket instanceof TLSSocket && Reflect.get(socket, 'secureConnecting') === true;
  if (isHandshaking) socket.once('secureConnect', then);
  else if (socket.connecting) socket.once('connect', then);
  else then();
}
