import { silentLogger } from '@hub/shared/system';
import { inner } from '@hub/shared/testing';
import {
  isAbstractType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type GraphQLSchema,
} from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOwnDocuments } from '../../../gateway/plugins/mcp/tool-documents.js';
import { createTools } from '../../../gateway/plugins/mcp/tools.js';
import { openTools, type OpenTools } from '../network/open-assistant.js';
import type { Asker } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { cloneFolder } from '../network/running-command.js';

const asker = (organisation: string, role: Asker['role']): Asker => ({ organisation, role });

/** Everybody who may ask. Those at the end may ask for restricted fields. */
const callers = [
  ['anonymous', undefined],
  ['analyst', asker('dk', 'analyst')],
  ['auditor', asker('nbnp', 'auditor')],
  ['service', asker('nbnp', 'service')],
  ['liaison', asker('dk', 'liaison')],
  ['coordinator', asker('nbnp', 'coordinator')],
] as const;

/** The fields that a document may read, of each possible type. */
function listCoordinates(schema: GraphQLSchema, text: string): string[] {
  const info = new TypeInfo(schema);
  const found: string[] = [];
  visit(
    parse(text),
    visitWithTypeInfo(info, {
      Field({ name }) {
        const type = info.getParentType();
        const types = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
        for (const one of types) found.push(`${one?.name}.${name.value}`);
      },
    }),
  );
  return found;
}

/** What the tools need to be called, by the name of the argument. */
const values: Readonly<Record<string, string>> = {
  from: 'ncm:led',
  to: 'ee:ppa',
  party: 'ncm:tll',
  event: 'nbnp:mp-final',
  organisation: 'nbnp:cbss-tfthb',
  group: 'nbnp:demo-group-1',
};

/** All that concerns a person or a journey, as an application may ask for it. */
const documents = [
  `query Dossiers {
    officers(first: 5, filter: { rehearsals: true }) { nodes { ...Person unit { name } } }
    delegates(first: 5, filter: { rehearsals: true }) { nodes { id name employer email ... on Participant { name } travelNeeds { diet } } }
  }
  fragment Person on Officer { id name rank email report { text receivedOn } }`,
  'query Journeys { visits { nodes { id title practicalInformation stops { day title } hostings { emergencyContact } experts { role } } } }',
  'query NamesAlone { officers(first: 5, filter: { rehearsals: true }) { nodes { name } } }',
  'query FormalitiesOf($group: ID!) { delegates(first: 3, filter: { rehearsals: true }) { nodes { id formalities(group: $group) { kind } } } }',
];

describe('restricted fields at /mcp', () => {
  let network: OpenNetwork;
  let tools: OpenTools;
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true });
    tools = await openTools(network.hub, network.keys, { documents });
  });
  afterAll(async () => {
    await tools[Symbol.asyncDispose]();
    await network[Symbol.asyncDispose]();
  });

  /**
   * What all partners recorded of readings through the tools. What a partner’s own server asks in
   * order to answer has no purpose of the caller’s.
   */
  async function readings(): Promise<inner.DisclosureLink[]> {
    const found: inner.DisclosureLink[] = [];
    for (const code of network.codes) {
      for await (const { links } of inner.walkReadings(network.serverOf(code).source.manager, 0))
        found.push(...links.filter(inner.isReading));
    }
    return found.filter(
      ({ clientName, role, purpose }) =>
        clientName?.startsWith('mcp') && (role !== 'service' || purpose === 'a test'),
    );
  }

  it('are in no document that runs without `includeRestricted`', () => {
    const { schema } = network.hub;
    const folder = join(cloneFolder, 'gateway', 'plugins', 'mcp');
    const file = readFileSync(join(folder, 'generated', 'restricted-fields.json'), 'utf8');
    const restricted: Record<string, boolean> = JSON.parse(file);
    const own = readOwnDocuments(join(folder, 'documents'));
    const made = [...createTools(schema, own, { restricted, logger: silentLogger }).values()];
    expect(made).toHaveLength(own.length);
    const coordinates = (text: string | undefined) =>
      text === undefined ? [] : listCoordinates(schema, text);
    for (const { name, openText, fullText } of made) {
      const isRestricted = (coordinate: string) => restricted[coordinate] === true;
      expect([name, coordinates(openText).filter(isRestricted)]).toEqual([name, []]);
      expect(coordinates(fullText).length).toBeGreaterThan(0);
    }
    expect(made.some(({ restricted: names }) => names.includes('Visit.stops'))).toBe(true);
  });

  it.each(callers)('are read by no tool without `includeRestricted`: %s', async (_role, who) => {
    const before = (await readings()).length;
    await using assistant = await tools.connect(who);
    const { tools: listed } = await assistant.client.listTools();
    expect(listed.length).toBeGreaterThan(documents.length);
    for (const { name, inputSchema } of listed) {
      const needed = (inputSchema.required ?? []).filter((argument) => argument !== 'purpose');
      const given = Object.fromEntries(needed.map((argument) => [argument, values[argument]]));
      expect([name, Object.values(given).includes(undefined)]).toEqual([name, false]);
      const { result, error } = await assistant.call(name, given);
      if (name === 'NamesAlone') expect(error.code).toBe('FORBIDDEN');
      else expect([name, error]).toEqual([name, null]);
      if (name === 'Dossiers')
        expect(result.restrictedFieldsLeftOut).toEqual([
          'Delegate.email',
          'Delegate.employer',
          'Delegate.name',
          'Delegate.travelNeeds',
          'Officer.email',
          'Officer.name',
          'Officer.rank',
          'ParticipantReport.text',
        ]);
    }
    expect((await readings()).length).toBe(before);
  });

  it.each(callers.slice(0, 4))('are refused with a code to %s', async (_role, who) => {
    await using assistant = await tools.connect(who);
    const { error } = await assistant.call('Journeys', { includeRestricted: true });
    expect([error.code, error.argument]).toEqual(['FORBIDDEN', 'includeRestricted']);
  });

  it('are read where the role asks for them, for the purpose that the owner then records', async () => {
    await using assistant = await tools.connect(asker('no', 'coordinator'));
    const purpose = 'Prepare the debriefing of group 1';
    const { result } = await assistant.call('Dossiers', { purpose, includeRestricted: true });
    expect(result.restrictedFieldsLeftOut).toEqual([]);
    const names = result.data.officers.nodes.flatMap(({ id, name }: { id: string; name: string }) =>
      id.startsWith('no:') ? [name] : [],
    );
    for (const name of names) expect(name).toEqual(expect.any(String));
    const { data } = await network.ask(
      '{ policeDisclosures(country: "NO") { nodes { reader purpose clientName operationName type } } }',
      {},
      asker('no', 'auditor'),
    );
    expect(data.policeDisclosures.nodes).toContainEqual({
      reader: 'no-coordinator',
      purpose,
      clientName: 'mcp (test-desk@7)',
      operationName: 'Dossiers',
      type: 'Officer',
    });
  });

  it('are recorded of an old client too, which names itself in a header or not at all', async () => {
    await using assistant = await tools.connect(asker('nbnp', 'coordinator'), { isOld: true });
    const purpose = 'An old client';
    await assistant.call('Journeys', { purpose, includeRestricted: true });
    const own = (await readings()).filter((reading) => reading.purpose === purpose);
    expect(own.length).toBeGreaterThan(0);
    expect(new Set(own.map(({ clientName }) => clientName))).toEqual(new Set(['mcp']));
  });

  it('that the owner refuses are named as missing, in words', async () => {
    await using assistant = await tools.connect(asker('se', 'coordinator'));
    const { result } = await assistant.call('Journeys', { includeRestricted: true });
    expect(result.missing).toContainEqual(
      expect.stringMatching(/`visits\.nodes\.\w+` is null.*FORBIDDEN/),
    );
  });
});
