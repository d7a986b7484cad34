import { connect } from 'node:net';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken } from '../network/open-hub.js';
import { createOwnNetwork, type OwnNetwork } from '../network/own-network.js';
import { runCommand, type RunningCommand } from '../network/running-command.js';
import { signAsHub } from '../network/sign-as-hub.js';

const times = (count: number, write: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => write(index)).join(' ');

const bomb = (count: number): string =>
  `{ policeUnits { ...f0 } } ${times(count, (i) => {
    const next = i + 1 < count ? `...f${i + 1}` : 'name';
    return `fragment f${i} on PoliceUnit { parent { ${next} } successor { ${next} } }`;
  })}`;

const pages = (first: number): string =>
  `{ policeUnits { officers(first: ${first}) { nodes { unit { officers(first: ${first}) { nodes { unit { officers(first: ${first}) { nodes { id } } } } } } } } } }`;

/** Each is refused by both, the hub with its own limits and the partner with its looser ones. */
const attacks: readonly { name: string; body: unknown }[] = [
  {
    name: '3,000 aliases of __typename',
    body: { query: `{ ${times(3_000, (i) => `a${i}: __typename`)} }` },
  },
  {
    name: '3,000 aliases of a list',
    body: { query: `{ ${times(3_000, (i) => `a${i}: policeUnits { id }`)} }` },
  },
  { name: 'a document of a megabyte in brackets', body: { query: '{a'.repeat(490_000) } },
  {
    name: 'lists inside each other',
    body: { query: `{ policeUnits(filter: ${'['.repeat(400_000)}` },
  },
  {
    name: 'fields inside each other',
    body: { query: `{ policeUnits ${'{ parent '.repeat(90)} { id } ${'}'.repeat(91)}` },
  },
  { name: 'a bomb of fragments', body: { query: bomb(40) } },
  {
    name: 'fragments in a chain',
    body: {
      query: `{ policeUnits { ...f0 } } ${times(1_000, (i) => `fragment f${i} on PoliceUnit { ...f${i + 1} }`)} fragment f1000 on PoliceUnit { id }`,
    },
  },
  {
    name: 'directives',
    body: { query: `{ policeUnits { id ${'@include(if: true) '.repeat(600)} } }` },
  },
  { name: 'root fields', body: { query: `{ ${'__typename '.repeat(301)} }` } },
  { name: 'a thousand times a thousand times a thousand', body: { query: pages(1_000) } },
  {
    name: 'variables inside each other',
    body: `{"query":"{ __typename }","variables":{"a":${'['.repeat(400_000)}${']'.repeat(400_000)}}}`,
  },
];

interface Answer {
  readonly status: number;
  readonly code: unknown;
  readonly data: unknown;
}

type Sign = (body: string) => Promise<Record<string, string>>;

/** @param localAddress whose rate pays for it. @default 127.0.0.1 */
async function ask(
  url: string,
  body: unknown,
  sign?: Sign,
  localAddress?: string,
): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const signature = await sign?.(text);
  const dispatcher = new Agent(localAddress === undefined ? {} : { localAddress });
  const response = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signature },
    body: text,
    dispatcher,
  });
  const { data, errors } = (await response.body.json()) as {
    data?: unknown;
    errors?: { extensions: { code: string } }[];
  };
  await dispatcher.close();
  return { status: response.statusCode, code: errors?.[0]?.extensions.code, data };
}

/** An address of its own for each attack: what is refused counts twenty times. Only Linux and Windows take all of 127.0.0.0/8. */
let attackers = 0;
function nextAddress(): string | undefined {
  attackers += 1;
  return process.platform === 'darwin' ? undefined : `127.0.1.${attackers}`;
}

describe('QUERY_TOO_COMPLEX', () => {
  let network: OwnNetwork, command: RunningCommand;
  beforeAll(async () => {
    network = await createOwnNetwork();
    const others = 'ee,fi,is,lt,lv,nbnp,ncm,no,se';
    command = runCommand('gateway/cli/start.mjs', ['--without', others], network.environment);
    await command.until(/The network is running\.[^]*Ctrl-C/);
  });
  afterAll(async () => {
    await command[Symbol.asyncDispose]();
    await network[Symbol.asyncDispose]();
  });

  describe.each(['hub', 'dk'])('by %s', (place) => {
    const url = () =>
      `http://127.0.0.1:${place === 'hub' ? network.hubPort : network.portOf(place)}/graphql`;
    /** A partner takes nothing but what its hub has signed. */
    const sign: Sign = async (body) =>
      place === 'hub' ? {} : signAsHub(join(network.folder, 'data', 'keys'), place, body);
    const askAsBystander = () =>
      ask(url(), { query: '{ policeUnits(filter: { country: "DK" }) { name } }' }, sign);

    it.each(attacks)('rejects $name, and responds to other clients meanwhile', async ({ body }) => {
      await askAsBystander();
      const attack = Promise.all([1, 2, 3].map(() => ask(url(), body, sign, nextAddress())));
      const seen: Answer[] = [];
      let isOver = false;
      void attack.finally(() => (isOver = true));
      do seen.push(await askAsBystander());
      while (!isOver);
      for (const refusal of await attack) {
        expect(refusal).toMatchObject({
          status: 400,
          code: 'QUERY_TOO_COMPLEX',
          data: undefined,
        });
      }
      for (const { code, data } of seen) {
        expect({ code, data }).toMatchObject({
          code: undefined,
          data: { policeUnits: [{}, {}] },
        });
      }
    });

    it('does not refuse introspection', async () => {
      const { getIntrospectionQuery } = await import('graphql');
      // On a slow machine it takes more work than an address has, and others ask from this one.
      const query = getIntrospectionQuery();
      const { data, code } = await ask(url(), { query }, sign, nextAddress());
      expect({ data, code }).toMatchObject({ code: undefined, data: { __schema: {} } });
    });

    it('closes the connection of a client that never stops sending', async () => {
      const port = Number(new URL(url()).port);
      const socket = connect({ port, host: '127.0.0.1', localAddress: nextAddress() });
      socket.on('error', () => undefined);
      socket.write('POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n');
      socket.write('Transfer-Encoding: chunked\r\n\r\n');
      const closed = new Promise((resolve) => socket.once('close', resolve));
      const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`;
      let sent = 0;
      const send = () => {
        while (!socket.destroyed && sent < 2_000 && socket.write(chunk)) sent += 1;
      };
      socket.on('drain', send);
      // What is not read holds up the end.
      socket.resume();
      send();
      await closed;
      expect(sent).toBeLessThan(2_000);
      expect((await askAsBystander()).code).toBeUndefined();
    });
  });

  it('is not returned by a partner for an operation at the limits of the hub', async () => {
    const url = `http://127.0.0.1:${network.hubPort}/graphql`;
    const party = '{ __typename id name country variants claims { property value } }';
    const roots = times(
      28,
      (i) =>
        `a${i}: policeUnits(filter: { country: "DK" }) { id parent ${party} sites { id name } units ${party} }`,
    );
    const chain = `${'{ parent '.repeat(27)} { id } ${'}'.repeat(27)}`;
    const people = '{ nodes { id country unit { name officers(first: 20) { nodes { id } } } } }';
    const query = `{ ${roots} policeUnits(filter: { country: "DK" }) ${chain}
      officers(first: 1000, filter: { country: "DK", rehearsals: true }) ${people} }`;
    const keys = join(network.folder, 'data', 'keys');
    const authorization = `Bearer ${await createToken(keys, { organisation: 'dk', role: 'coordinator' })}`;
    const { code, data } = await ask(url, { query }, async () => ({ authorization }));
    expect({ code, data }).toMatchObject({ code: undefined, data: { a27: [{}, {}] } });
  });
});

describe('RATE_LIMITED', () => {
  it('is returned to an address that sends too many requests', async () => {
    await using network = await createOwnNetwork();
    await using hub = runCommand('gateway/dist/main.js', ['serve'], {
      ...network.environment,
      HUB_LIMIT_RATE: '1',
      HUB_LIMIT_BURST: '3',
    });
    await hub.until(/"msg":"ready"/);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        fetch(`http://127.0.0.1:${network.hubPort}/graphql?query={__typename}`),
      ),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(3);
    for (const { headers } of refused) expect(headers.get('retry-after')).toBe('1');
    expect(await refused[0]?.json()).toMatchObject({
      errors: [{ extensions: { code: 'RATE_LIMITED' } }],
    });
  });
});
