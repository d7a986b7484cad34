import { anonymous, type Reader } from '@hub/shared/identity';
import {
  lateClock,
  participantOf,
  readerOf,
  testDatabases,
  type TestDatabaseKind,
} from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { SharedContact } from '../entities/shared-contact.entity.js';
import { createFacts, openWrittenPolice, type WrittenPolice } from '../testing/test-mutations.js';

const her = 'fi:demo-officer-5';
const fellow = 'ncm:fellow';
const inProgramme = 'dk:in-programme';
const stranger = 'dk:stranger';

const journey = { cancelledOn: null, visits: [{ returnedOn: null, cancelledOn: null }] };

/** A hub that knows the members of one group and of its programme. */
function openConsents(kind: TestDatabaseKind): Promise<WrittenPolice> {
  const members = new Set([her, fellow, inProgramme]);
  return openWrittenPolice(kind, createFacts(), async (query, variables = {}) => {
    if (query.includes('ProgrammeMember')) {
      const hasMember = members.has(String(variables['person']));
      return { programme: variables['id'] === 'nbnp:p' ? { hasMember } : null };
    }
    const own = query.includes('acceptedOfficers') ? her : fellow;
    return Object.fromEntries(
      Object.entries(variables).map(([name, id]) => [
        name.replace('id', 'f'),
        id === 'nbnp:g' ? { ...journey, members: [{ id: own }] } : null,
      ]),
    );
  });
}

const toGroup = { with: 'GROUP', group: 'nbnp:g' };
const toProgramme = { with: 'PROGRAMME', programme: 'nbnp:p' };
const toNetwork = { with: 'NETWORK' };

const mutate = (police: WrittenPolice, name: string, input: object, reader: Reader) =>
  police.ask(
    `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { it: ${name}(input: $input) { __typename } }`,
    { input: { officer: her, ...input } },
    reader,
  );

const share = (police: WrittenPolice, input: object, reader = participantOf(her)) =>
  mutate(
    police,
    'shareOfficerContact',
    { until: until(), workAddress: 'her@example.org', ...input },
    reader,
  );

const until = (days = 30): string =>
  new Date(lateClock().getTime() + days * 86_400_000).toISOString().slice(0, 10);

const rows = (police: WrittenPolice) =>
  police.source.manager.find(SharedContact, { order: { with: 'ASC' } });

/** The names that a caller reads by each kind of list. */
async function readLists(police: WrittenPolice, reader: Reader): Promise<unknown> {
  const scopes = {
    GROUP: 'with: GROUP, group: "nbnp:g"',
    PROGRAMME: 'with: PROGRAMME, programme: "nbnp:p"',
    NETWORK: 'with: NETWORK',
  };
  const found: Record<string, unknown> = {};
  for (const [name, scope] of Object.entries(scopes)) {
    const { data } = await police.ask(
      `{ sharedOfficerContacts(${scope}) { nodes { name workAddress } } }`,
      {},
      reader,
    );
    const list = data?.['sharedOfficerContacts'] as { nodes: { name: string }[] } | null;
    found[name] = list?.nodes.length ?? null;
  }
  return found;
}

describe.each(testDatabases)('Query.sharedOfficerContacts on $name', (kind) => {
  it('shows each contact to those to whom it is given, and to nobody else', async () => {
    await using police = await openConsents(kind);
    for (const scope of [toGroup, toProgramme, toNetwork]) await share(police, scope);
    expect(await rows(police)).toHaveLength(3);
    const none = { GROUP: null, PROGRAMME: null, NETWORK: null };
    const network = { GROUP: 0, PROGRAMME: 0, NETWORK: 1 };
    for (const role of ['analyst', 'auditor', 'service'] as const)
      for (const organisation of ['fi', 'dk', 'nbnp'])
        expect(await readLists(police, readerOf(organisation, role)), role).toEqual(none);
    expect(await readLists(police, anonymous)).toEqual(none);
    for (const person of [her, fellow])
      expect(await readLists(police, participantOf(person)), person).toEqual({
        GROUP: 1,
        PROGRAMME: 1,
        NETWORK: 1,
      });
    const programme = { ...network, PROGRAMME: 1 };
    expect(await readLists(police, participantOf(inProgramme))).toEqual(programme);
    expect(await readLists(police, participantOf(stranger))).toEqual(network);
    for (const role of ['coordinator', 'liaison'] as const)
      for (const organisation of ['fi', 'dk', 'nbnp'])
        expect(await readLists(police, readerOf(organisation, role)), role).toEqual(network);
  });
});

describe.each(testDatabases)('Mutation.shareOfficerContact on $name', (kind) => {
  it('replaces the consent to the same people, and takes it back at once', async () => {
    await using police = await openConsents(kind);
    await share(police, toNetwork);
    await share(police, { ...toNetwork, workAddress: null, until: until(60) });
    const [only, ...more] = await rows(police);
    expect(more).toEqual([]);
    expect(only).toMatchObject({ version: 2, workAddress: null, until: until(60) });
    const coordinator = readerOf('dk', 'coordinator');
    expect(await readLists(police, coordinator)).toMatchObject({ NETWORK: 1 });
    await mutate(
      police,
      'withdrawOfficerContact',
      { contact: only?.id },
      readerOf('fi', 'coordinator'),
    );
    expect(await readLists(police, coordinator)).toMatchObject({ NETWORK: 0 });
    expect(await rows(police)).toEqual([]);
  });

  it.each([
    ['a group of others', { with: 'GROUP', group: 'nbnp:demo-group-2' }, 'NOT_MEMBER', 'officer'],
    ['a programme of others', { with: 'PROGRAMME', programme: 'nbnp:q' }, 'NOT_MEMBER', 'officer'],
    ['a day that has passed', { ...toNetwork, until: until(-1) }, 'CONSENT_TIME', 'until'],
    ['more than two years', { ...toNetwork, until: until(732) }, 'CONSENT_TIME', 'until'],
  ])('refuses %s', async (_what, input, rule, argument) => {
    await using police = await openConsents(kind);
    const { errors } = await share(police, input);
    const refusal = { code: 'RULE_VIOLATED', rule, argument: `input.${argument}` };
    expect(errors?.[0]?.extensions).toMatchObject(refusal);
    expect(await rows(police)).toEqual([]);
  });

  it.each([
    [{ with: 'GROUP' }, 'group'],
    [{ with: 'PROGRAMME', group: 'nbnp:g' }, 'group'],
    [{ with: 'NETWORK', programme: 'nbnp:p' }, 'programme'],
  ])('refuses the scope %j', async (input, argument) => {
    await using police = await openConsents(kind);
    const { errors } = await share(police, input);
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argument: `input.${argument}`,
    });
  });

  it('is for the officer herself: not for other people, nor for staff', async () => {
    await using police = await openConsents(kind);
    const roles = ['analyst', 'coordinator', 'liaison', 'auditor', 'service'] as const;
    const staff = roles.flatMap((role) => [readerOf('fi', role), readerOf('nbnp', role)]);
    const people = ['fi:demo-officer-3', stranger].map(participantOf);
    for (const reader of [anonymous, ...staff, ...people]) {
      const { errors } = await share(police, toNetwork, reader);
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    }
    expect(await rows(police)).toEqual([]);
  });

  it('goes with the erasure, and with its last day', async () => {
    await using police = await openConsents(kind);
    await share(police, toNetwork);
    await police.source.manager.update(SharedContact, { officerId: her }, { until: until(-1) });
    expect(await readLists(police, readerOf('dk', 'liaison'))).toMatchObject({ NETWORK: 0 });
    await police.ask(`mutation { eraseOfficer(id: "${her}") }`);
    expect(await rows(police)).toEqual([]);
    const { errors } = await share(police, toNetwork);
    expect(errors?.[0]?.extensions).toMatchObject({ rule: 'ERASED' });
  });
});
