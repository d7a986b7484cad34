import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

describe('an alias that is the name of a key or of a required field', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('demonstration');
  });
  afterAll(() => network[Symbol.asyncDispose]());

  /** What the hub sends to one partner meanwhile. */
  async function listen(code: string, during: () => Promise<unknown>): Promise<string> {
    const { origin } = new URL(network.urlOf(code));
    const bodies: string[] = [];
    const onRequest = (message: unknown) => {
      const { request } = message as { request: { origin: string | URL; body: unknown } };
      if (String(request.origin).startsWith(origin)) bodies.push(String(request.body));
    };
    subscribe('undici:request:create', onRequest);
    try {
      await during();
    } finally {
      unsubscribe('undici:request:create', onRequest);
    }
    return bodies.join('\n');
  }

  it('leaves Group.id what it is', async () => {
    const ask = async (query: string) => (await network.ask(query)).data.groups.nodes as Tree[];
    const plain = await ask('{ groups { nodes { name state } } }');
    const aliased = await ask('{ groups { nodes { id: name state } } }');
    expect(aliased).toEqual(plain.map(({ name, state }) => ({ id: name, state })));
  });

  it('leaves ItineraryStop.hostConfirmedVersion what `confirmed` requires', async () => {
    const list = await network.ask('{ visits { nodes { stops { id version confirmed } } } }');
    const stops = (list.data.visits.nodes as Tree[]).flatMap(({ stops: own }) => own as Tree[]);
    expect(stops.length).toBeGreaterThan(0);
    for (const { id, version, confirmed } of stops) {
      const query =
        'query ($id: ID!) { itineraryStop(id: $id) { hostConfirmedVersion: version confirmed } }';
      const { data, errors } = await network.ask(query, { id });
      expect(errors).toBeUndefined();
      expect(data.itineraryStop).toEqual({ hostConfirmedVersion: version, confirmed });
    }
  });

  it('sends nothing of a hosting to the partner whose visit it is for', async () => {
    const hostings =
      '{ visits { nodes { hostings { visitId: emergencyContact visit { title } } } } }';
    const plain = await network.ask('{ visits { nodes { title hostings { emergencyContact } } } }');
    const texts = (plain.data.visits.nodes as Tree[]).flatMap(({ hostings: own }) =>
      (own as Tree[]).map(({ emergencyContact }) => emergencyContact as string | null),
    );
    const secrets = texts.filter((text) => text !== null);
    expect(secrets.length).toBeGreaterThan(0);
    const sent = await listen('nbnp', async () => {
      const { data, errors } = await network.ask(hostings);
      expect(errors).toBeUndefined();
      const shown = (data.visits.nodes as Tree[]).map((visit) => visit.hostings as Tree[]);
      expect(shown).toEqual(
        (plain.data.visits.nodes as Tree[]).map(({ title, hostings: own }) =>
          (own as Tree[]).map(({ emergencyContact }) => ({
            visitId: emergencyContact,
            visit: { title },
          })),
        ),
      );
    });
    expect(sent).toContain('representations');
    for (const secret of secrets) expect(sent).not.toContain(JSON.stringify(secret));
  });
});
