import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Email } from 'postal-mime';
import type { SMTPServerOptions } from 'smtp-server';

/**
 * What a test’s mail server does: takes mails; refuses them at a command with a code; takes them and
 * ends the connection before it says so; or never says anything.
 */
export type Behaviour =
  | 'take'
  | 'break'
  | 'hang'
  | { readonly at: 'sender' | 'recipient' | 'data'; readonly code: number };

/** A real mail server on a free port. Closing it lets nobody connect; it can be opened again. */
export async function openMailServer(options: SMTPServerOptions = {}) {
  const [{ SMTPServer }, { default: PostalMime }] = await Promise.all([
    import('smtp-server'),
    import('postal-mime'),
  ]);
  const mails: {
    readonly to: readonly string[];
    /** As it came, with its headers. */
    readonly raw: string;
    readonly email: Email;
  }[] = [];
  const state = { behaviour: 'take' as Behaviour, connections: 0 };
  const refusalAt = (at: string): Error | undefined => {
    const { behaviour } = state;
    if (typeof behaviour === 'string' || behaviour.at !== at) return undefined;
    return Object.assign(new Error('Refused by the test'), { responseCode: behaviour.code });
  };
  const open = async (port: number) => {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: options.secure || options.key ? [] : ['STARTTLS'],
      closeTimeout: 1_000,
      ...options,
      onConnect: (_session, callback) => {
        state.connections += 1;
        if (state.behaviour !== 'hang') callback();
      },
      onMailFrom: (_address, _session, callback) => callback(refusalAt('sender')),
      onRcptTo: (_address, _session, callback) => callback(refusalAt('recipient')),
      onData(stream, session, callback) {
        void text(stream).then(async (raw) => {
          const refusal = refusalAt('data');
          if (refusal) return callback(refusal);
          const to = session.envelope.rcptTo.map(({ address }) => address);
          mails.push({ to, raw, email: await PostalMime.parse(raw) });
          if (state.behaviour !== 'break') return callback();
          for (const connection of server.connections) connection._socket?.destroy();
        });
      },
    });
    server.on('error', () => undefined);
    server.listen(port, '127.0.0.1');
    await once(server.server, 'listening');
    return server;
  };
  let server = await open(0);
  const { port } = server.server.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return {
    mails,
    state,
    port,
    close,
    async reopen() {
      server = await open(port);
    },
    [Symbol.asyncDispose]: close,
  };
}
