import { bothDatabases, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Organisation } from '../entities/organisation.entity.js';
import { partiesHub as hub } from '../testing/test-parties.js';
import { away, openTestVisits, programme, type TestVisits } from '../testing/test-visits.js';

const page = { source: 'https://example.org/centre', on: '2026-03-01' };
const centre = {
  name: 'Centre of the North',
  acronym: 'CN',
  variants: ['North Station'],
  kind: 'ngo',
  country: 'FI',
  city: 'Tampere',
  foundedOn: '2001',
  parent: 'fi:unit',
  roleInField: 'Shelter',
  note: 'By the river.',
  ...page,
};
const fields = `id name acronym variants kind country city foundedOn closedOn parent { id } roleInField
  note source checkedOn version mergedInto { id } claims { property value source preferred }`;

const register = async (network: TestVisits, change: object = {}): Promise<string> =>
  String((await network.done('registerOrganisation', { ...centre, ...change }))['id']);

const idsOf = async (network: TestVisits, filter: string) => {
  const { organisations } = await network.read<{ organisations: { nodes: { id: string }[] } }>(
    `{ organisations(filter: ${filter}, first: 1000) { nodes { id } } }`,
  );
  return organisations.nodes.map(({ id }) => id);
};

const ruled = (rule: string, argument: string, more = {}) => ({
  code: 'RULE_VIOLATED',
  rule,
  argument,
  ...more,
});

describe.each(testDatabases)('Mutation.registerOrganisation on $name', (kind) => {
  it('registers an organisation with its page and day, which searches find', async () => {
    await using network = await openTestVisits(kind, hub);
    const { id, ...shown } = await network.done('registerOrganisation', centre, fields);
    const { parent, on, ...given } = centre;
    expect(id).toMatch(/^nbnp:.+/);
    expect(shown).toEqual({
      ...given,
      parent: { id: parent },
      closedOn: null,
      checkedOn: on,
      version: 1,
      mergedInto: null,
      claims: [],
    });
    expect(await idsOf(network, '{ search: "north STATION", country: "FI" }')).toEqual([id]);
  });

  it('refuses one that stands, with its id', async () => {
    await using network = await openTestVisits(kind, hub);
    const id = await register(network);
    for (const name of ['CENTRE of the  north', 'Centre of the North.'])
      expect(await network.refusal('registerOrganisation', { ...centre, name })).toEqual(
        ruled('DUPLICATE', 'input.name', { id }),
      );
    for (const change of [{ country: 'SE' }, { country: null }, { isAnother: true }])
      expect(await register(network, change)).not.toBe(id);
  });

  it('refuses an unknown parent, and one whose owner is unavailable', async () => {
    await using network = await openTestVisits(kind, hub);
    const parent = { code: 'NOT_FOUND', argument: 'input.parent' };
    for (const unknown of ['nbnp:nobody', 'ee:nobody', 'xx:y', 'nobody'])
      expect(
        await network.refusal('registerOrganisation', { ...centre, parent: unknown }),
      ).toMatchObject(parent);
    await using alone = await openTestVisits(kind, { ...hub, KnownParties: away('fi') });
    expect(await alone.refusal('registerOrganisation', centre)).toMatchObject({
      code: 'PARTNER_UNAVAILABLE',
      partner: 'fi',
    });
  });

  it('registers once for an idempotency key', async () => {
    await using network = await openTestVisits(kind, hub);
    const keyed = { idempotencyKey: 'k', isAnother: true };
    expect(await register(network, keyed)).toBe(await register(network, keyed));
  });
});

describe.each(testDatabases)('Mutation.changeOrganisation on $name', (kind) => {
  it('changes what is given, and keeps what another page stated as a claim', async () => {
    await using network = await openTestVisits(kind, hub);
    const organisation = await register(network);
    const next = { source: 'https://example.org/next', on: '2026-04-01' };
    const changed = await network.done(
      'changeOrganisation',
      { organisation, name: 'Northern Centre', note: null, ...next, version: 1 },
      fields,
    );
    expect(changed).toMatchObject({
      name: 'Northern Centre',
      note: null,
      city: 'Tampere',
      parent: { id: 'fi:unit' },
      source: next.source,
      checkedOn: next.on,
      version: 2,
      claims: [
        { property: 'name', value: centre.name, source: page.source, preferred: false },
        { property: 'note', value: centre.note, source: page.source, preferred: false },
      ],
    });
    expect(await idsOf(network, '{ search: "northern" }')).toEqual([organisation]);
    const back = { organisation, name: centre.name, ...page, version: 2 };
    const { claims } = await network.done('changeOrganisation', back, fields);
    expect(claims).toMatchObject([
      { property: 'name', value: centre.name, preferred: true },
      { property: 'note' },
      { property: 'name', value: 'Northern Centre', source: next.source, preferred: false },
    ]);
  });

  it('refuses a stale version, an unknown one, a duplicate, and a body within itself', async () => {
    await using network = await openTestVisits(kind, hub);
    const organisation = await register(network);
    const part = await register(network, { name: 'A part', parent: organisation });
    const change = (given: object) =>
      network.refusal('changeOrganisation', { organisation, version: 1, ...page, ...given });
    expect(await change({ version: 2 })).toMatchObject({ code: 'CONFLICT', currentVersion: 1 });
    expect(await change({ organisation: 'nbnp:none' })).toMatchObject({
      code: 'NOT_FOUND',
      argument: 'input.organisation',
    });
    const duplicate = ruled('DUPLICATE', 'input.name', { id: part });
    expect(await change({ name: 'a PART' })).toEqual(duplicate);
    const namesake = await register(network, { country: 'SE' });
    expect(await change({ country: 'SE' })).toEqual(
      ruled('DUPLICATE', 'input.country', { id: namesake }),
    );
    const cycle = { code: 'BAD_USER_INPUT', argument: 'input.parent' };
    for (const parent of [organisation, part])
      expect(await change({ parent })).toMatchObject(cycle);
  });
});

describe.each(testDatabases)('Mutation.closeOrganisation on $name', (kind) => {
  it('records an end, and takes it back', async () => {
    await using network = await openTestVisits(kind, hub);
    const organisation = await register(network);
    const close = { organisation, ...page };
    expect(
      await network.refusal('closeOrganisation', { ...close, closedOn: '2000', version: 1 }),
    ).toEqual(ruled('DATE_ORDER', 'input.closedOn'));
    const ended = { ...close, closedOn: '2020-05', version: 1 };
    expect(await network.done('closeOrganisation', ended, fields)).toMatchObject({
      closedOn: '2020-05',
      version: 2,
    });
    const open = { ...close, version: 2 };
    expect(await network.done('closeOrganisation', open, fields)).toMatchObject({ closedOn: null });
  });
});

const merging = { ...page, reason: 'Registered twice.', version: 1, intoVersion: 1 };

describe.each(bothDatabases)('Mutation.mergeOrganisations on $name', (kind) => {
  it('lets everything refer to the one that stays, and still finds the other', async () => {
    await using network = await openTestVisits(kind, hub);
    const into = await register(network);
    const organisation = await register(network, { name: 'Centre North', parent: null });
    const part = await register(network, { name: 'A part', variants: [], parent: organisation });
    const event = { title: 'A day', kind: 'SEMINAR', programme };
    const both = { ...event, organisers: [organisation, into] };
    const { id: shared } = await network.done('recordEvent', { ...both, isAnother: true });
    const roles = [{ role: 'HOST', party: organisation }];
    const alone = { ...event, title: 'Another', organisers: ['ncm:led'], roles };
    const { id: hosted } = await network.done('recordEvent', alone);
    const desk = { mailbox: 'desk@example.org', source: page.source, checkedOn: page.on };
    await network.done('setOrganisationContactPoint', { organisation, set: desk });

    const stays = await network.done(
      'mergeOrganisations',
      { organisation, into, ...merging },
      `${fields} contactPoints { mailbox } events { id }`,
    );
    expect(stays).toMatchObject({ id: into, name: centre.name, version: 2, mergedInto: null });
    expect(stays['contactPoints']).toEqual([{ mailbox: desk.mailbox }]);
    expect(stays['events']).toEqual(
      [{ id: shared }, { id: hosted }].toSorted((a, b) => (String(a.id) < String(b.id) ? -1 : 1)),
    );
    const one = await network.read(
      `{ gone: organisation(id: "${organisation}") { name version mergedInto { id } events { id } }
         part: organisation(id: "${part}") { parent { id } }
         shared: event(id: "${String(shared)}") { roles { role party { id } } }
         changes: networkChanges(filter: { subject: "${organisation}" }, first: 1) { nodes { mutation reason } } }`,
    );
    expect(one).toEqual({
      gone: { name: 'Centre North', version: 2, mergedInto: { id: into }, events: [] },
      part: { parent: { id: into } },
      shared: { roles: [{ role: 'ORGANISER', party: { id: into } }] },
      changes: { nodes: [{ mutation: 'mergeOrganisations', reason: merging.reason }] },
    });
    expect(await idsOf(network, '{ search: "centre" }')).toEqual([into]);
    expect((await idsOf(network, '{ search: "centre", merged: true }')).toSorted()).toEqual(
      [into, organisation].toSorted(),
    );
  });

  it('drops a page and a contact point that the other has too', async () => {
    await using network = await openTestVisits(kind, hub);
    const into = await register(network);
    const organisation = await register(network, { name: 'Centre North' });
    const desk = { mailbox: 'desk@example.org' };
    const { on: checkedOn, source } = page;
    for (const [about, mailbox, url] of [
      [organisation, desk.mailbox, 'https://example.org/both'],
      [into, desk.mailbox.toUpperCase(), 'https://example.org/both'],
      [organisation, 'own@example.org', 'https://example.org/own'],
    ] as const) {
      const set = { mailbox, source, checkedOn };
      await network.done('setOrganisationContactPoint', { organisation: about, set });
      await network.done('recordLink', { about, url, on: checkedOn });
    }
    await network.done('mergeOrganisations', { organisation, into, ...merging });
    const query = `{ organisation(id: "${into}") { links { url } contactPoints { mailbox } } }`;
    const { organisation: merged } = await network.read<{
      organisation: { links: { url: string }[]; contactPoints: { mailbox: string }[] };
    }>(query);
    const urls = merged.links.map(({ url }) => url);
    expect(urls.filter((url) => url.startsWith('https://example.org/')).toSorted()).toEqual([
      'https://example.org/both',
      'https://example.org/own',
    ]);
    expect(merged.contactPoints.map(({ mailbox }) => mailbox).toSorted()).toEqual([
      'DESK@EXAMPLE.ORG',
      'own@example.org',
    ]);
  });

  it('neither changes what is merged, nor lets anything new refer to it', async () => {
    await using network = await openTestVisits(kind, hub);
    const into = await register(network);
    const organisation = await register(network, { name: 'Centre North' });
    await network.done('mergeOrganisations', { organisation, into, ...merging });
    const merged = ruled('MERGED', 'input.organisation');
    const change = { organisation, ...page, version: 2 };
    expect(await network.refusal('changeOrganisation', change)).toEqual(merged);
    expect(await network.refusal('closeOrganisation', change)).toEqual(merged);
    const again = { ...merging, version: 2, intoVersion: 2 };
    expect(await network.refusal('mergeOrganisations', { organisation, into, ...again })).toEqual(
      merged,
    );
    const set = { source: page.source, checkedOn: page.on, openingHours: 'Always.' };
    expect(await network.refusal('setOrganisationContactPoint', { organisation, set })).toEqual(
      merged,
    );
    expect(
      await network.refusal('registerOrganisation', { ...centre, name: 'X', parent: organisation }),
    ).toEqual(ruled('MERGED', 'input.parent'));
    // Its name is that of the one that stays.
    expect(
      await network.refusal('registerOrganisation', { ...centre, name: 'Centre North' }),
    ).toEqual(ruled('DUPLICATE', 'input.name', { id: into }));
    const renamed = { organisation: into, name: 'Centre North', ...page, version: 2 };
    expect(await network.done('changeOrganisation', renamed, 'version')).toEqual({ version: 3 });
  });

  it('refuses itself, a stale version of either, and the network’s own', async () => {
    await using network = await openTestVisits(kind, hub);
    const into = await register(network);
    const organisation = await register(network, { name: 'Centre North' });
    await network.insert(Organisation, {
      id: 'nbnp:ncm',
      name: 'Council',
      variants: [],
      kind: 'intergovernmental',
      searchText: 'council',
    });
    const merge = (change: object) =>
      network.refusal('mergeOrganisations', { organisation, into, ...merging, ...change });
    expect(await merge({ into: organisation })).toMatchObject({
      code: 'BAD_USER_INPUT',
      argument: 'input.into',
    });
    const stale = { code: 'CONFLICT', currentVersion: 1 };
    expect(await merge({ version: 2 })).toMatchObject({ ...stale, argument: 'input.version' });
    expect(await merge({ intoVersion: 2 })).toMatchObject({
      ...stale,
      argument: 'input.intoVersion',
    });
    expect(await merge({ into: 'nbnp:none' })).toEqual({
      code: 'NOT_FOUND',
      argument: 'input.into',
    });
    expect(await merge({ organisation: 'nbnp:ncm' })).toEqual(
      ruled('REFERRED_TO', 'input.organisation'),
    );
  });
});
