import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createToken, type Tree } from '../network/open-hub.js';
import { ask, createOwnNetwork, type OwnNetwork } from '../network/own-network.js';
import { openStream, untilFed } from '../network/read-stream.js';
import { runCommand } from '../network/running-command.js';

const others = ['dk', 'ee', 'fi', 'is', 'lt', 'lv', 'ncm', 'no', 'se'];
const filter = { owners: ['nbnp'] };

/** The network’s server, behind a hub of two workers, as `npm start` runs them. */
const start = ({ environment }: OwnNetwork) =>
  runCommand(
    'gateway/cli/start.mjs',
    ['--facts-only', '--workers', '2', '--without', others.join(',')],
    environment,
  );

describe('streams of a hub of two workers', () => {
  it(
    'end at a hot swap, and their clients go on where they were',
    { timeout: 120_000 },
    async () => {
      await using network = await createOwnNetwork();
      await using command = start(network);
      await command.until(/The network is running\.[^]*Ctrl-C/);
      const url = `http://127.0.0.1:${network.hubPort}/graphql`;
      const keys = join(network.folder, 'data', 'keys');
      const token = await createToken(keys, { organisation: 'nbnp', role: 'coordinator' });
      const first = await ask(network.hubPort, '{ events(first: 1) { nodes { id version } } }');
      let [{ id, version }] = (first.data as Tree).events.nodes;
      const change = async () => {
        const input = `{ event: "${id}", title: "Event ${version}", version: ${version} }`;
        const mutation = `mutation { changeEvent(input: ${input}) { id version } }`;
        const { data, errors } = await ask(network.hubPort, mutation, token);
        expect(errors).toEqual([]);
        ({ id, version } = (data as Tree).changeEvent);
      };
      // Connections are dealt to the workers in turn, so each has two of these.
      const streams = await Promise.all(
        [1, 2, 3, 4].map(() => openStream(url, { variables: { filter } })),
      );
      await Promise.all(streams.map(untilFed));
      await change();
      const told = await Promise.all(streams.map((stream) => stream.nextChange()));
      for (const message of told) expect(message?.result.data.changed).toMatchObject({ version });
      command.kill('SIGHUP');
      const last = await Promise.all(streams.map((stream) => stream.nextChange()));
      expect(last).toEqual([undefined, undefined, undefined, undefined]);
      for (const stream of streams)
        expect(stream.text()).toContain('The hub has ended this stream.');
      await change();
      await Promise.all(
        told.map(async (message) => {
          const headers = { 'last-event-id': String(message?.id) };
          await using again = await openStream(url, { variables: { filter }, headers });
          expect((await again.nextChange())?.result.data.changed).toMatchObject({ version });
          expect(again.text()).not.toContain('NOTICES_MISSED');
        }),
      );
    },
  );
});
