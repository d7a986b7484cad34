import { createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * A server that speaks as much of Valkey’s protocol (RESP3) as the hub uses: HELLO with AUTH, PING,
 * SUBSCRIBE and PUBLISH. A test can look at what passes, and misuse it as somebody would who
 * controls the store. `test/e2e/several-hubs/valkey.long.test.ts` uses the real server.
 */
export interface TestStore extends AsyncDisposable {
  readonly url: string;
  /** All that was published. */
  readonly published: readonly { readonly channel: string; readonly message: Buffer }[];
  /** Sends a message to all who listen, as if somebody had published it. */
  inject(channel: string, message: Buffer): void;
  /** Loses the messages for which this is true. */
  lose(isLost: (message: Buffer) => boolean): void;
  /** Keeps connections open and says nothing. */
  setSilent(isSilent: boolean): void;
  /** Ends all connections, and takes no others until {@link start}. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

interface Connection {
  readonly socket: Socket;
  readonly channels: Set<string>;
  isKnown: boolean;
}

const bulk = (bytes: Buffer | string): Buffer =>
  Buffer.concat([
    Buffer.from(`$${Buffer.byteLength(bytes)}\r\n`),
    Buffer.from(bytes),
    Buffer.from('\r\n'),
  ]);
const push = (...parts: (Buffer | string)[]): Buffer =>
  Buffer.concat([Buffer.from(`>${parts.length}\r\n`), ...parts.map(bulk)]);

/** Takes one command off the start of what has arrived. Undefined if it is not complete. */
function readCommand(
  bytes: Buffer,
): { readonly parts: Buffer[]; readonly length: number } | undefined {
  let at = 0;
  const readNumber = (): number | undefined => {
    const end = bytes.indexOf('\r\n', at);
    if (end < 0) return undefined;
    const number = Number(bytes.subarray(at + 1, end).toString());
    at = end + 2;
    return number;
  };
  const count = readNumber();
  if (count === undefined) return undefined;
  const parts: Buffer[] = [];
  while (parts.length < count) {
    const length = readNumber();
    if (length === undefined || bytes.length < at + length + 2) return undefined;
    parts.push(bytes.subarray(at, at + length));
    at += length + 2;
  }
  return { parts, length: at };
}

/** @param password that of the user `hub`. @default nobody needs one */
export async function openTestStore({
  password,
}: { readonly password?: string } = {}): Promise<TestStore> {
  const connections = new Set<Connection>();
  const published: { channel: string; message: Buffer }[] = [];
  let isLost: (message: Buffer) => boolean = () => false;
  let isSilent = false;

  const deliver = (channel: string, message: Buffer): number => {
    const listening = [...connections].filter(({ channels }) => channels.has(channel));
    for (const { socket } of listening) socket.write(push('message', channel, message));
    return listening.length;
  };
  const run = (connection: Connection, parts: readonly Buffer[]): Buffer | string => {
    const [command = '', ...texts] = parts.map((part, place) =>
      place === 0 ? String(part).toUpperCase() : String(part),
    );
    if (command === 'HELLO') {
      const at = texts.findIndex((text) => text.toUpperCase() === 'AUTH');
      const [user, given] = texts.slice(at + 1);
      if (password !== undefined && (at < 0 || user !== 'hub' || given !== password))
        return '-WRONGPASS invalid username-password pair or user is disabled.\r\n';
      connection.isKnown = true;
      return '%1\r\n$5\r\nproto\r\n:3\r\n';
    }
    if (!connection.isKnown) return '-NOAUTH Authentication required.\r\n';
    if (command === 'PING') return '+PONG\r\n';
    if (command === 'SUBSCRIBE') {
      const [channel = ''] = texts;
      connection.channels.add(channel);
      return Buffer.concat([
        Buffer.from('>3\r\n'),
        bulk('subscribe'),
        bulk(channel),
        Buffer.from(':1\r\n'),
      ]);
    }
    if (command !== 'PUBLISH') return `-ERR unknown command '${command}'\r\n`;
    const [channel = ''] = texts;
    const [, , message = Buffer.alloc(0)] = parts;
    const copy = Buffer.from(message);
    published.push({ channel, message: copy });
    return `:${isLost(copy) ? 0 : deliver(channel, copy)}\r\n`;
  };

  const server = createServer({ noDelay: true }, (socket) => {
    const connection: Connection = { socket, channels: new Set(), isKnown: false };
    connections.add(connection);
    let rest: Buffer = Buffer.alloc(0);
    socket
      .on('data', (bytes) => {
        if (isSilent) return;
        rest = Buffer.concat([rest, bytes]);
        for (let found = readCommand(rest); found; found = readCommand(rest)) {
          rest = rest.subarray(found.length);
          socket.write(run(connection, found.parts));
        }
      })
      .on('error', () => undefined)
      .once('close', () => connections.delete(connection));
  });
  let port = 0;
  const start = () =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', () => {
        ({ port } = server.address() as AddressInfo);
        resolve();
      });
    });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const { socket } of connections) socket.destroy();
    });
  await start();
  return {
    url: `redis://${password === undefined ? '' : 'hub@'}127.0.0.1:${port}`,
    published,
    inject: (channel, message) => void deliver(channel, message),
    lose: (choose) => void (isLost = choose),
    setSilent: (silent) => void (isSilent = silent),
    start,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
