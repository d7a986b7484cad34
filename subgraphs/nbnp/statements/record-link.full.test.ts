import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import {
  coordinatorOf,
  doneBy,
  partiesHub as hub,
  insertOrganisation,
  organisation,
} from '../testing/test-parties.js';
import { openTestVisits, type TestVisits } from '../testing/test-visits.js';

const page = { url: 'https://example.org/gallery', label: 'Photographs', on: '2026-03-01' };

async function recordEvent(network: TestVisits): Promise<string> {
  await insertOrganisation(network);
  const input = { title: 'A day', kind: 'SEMINAR', organisers: ['ee:unit'] };
  return String((await network.done('recordEvent', input))['id']);
}

describe.each(testDatabases)('Mutation.recordLink on $name', (kind) => {
  it('adds a page to an event, by its organisers, or to an organisation', async () => {
    await using network = await openTestVisits(kind, hub);
    const event = await recordEvent(network);
    const second = { ...page, url: 'https://example.org/2', label: null };
    for (const about of [event, organisation])
      for (const link of [page, second]) {
        const input = { about, ...link, idempotencyKey: `${about} ${link.url}` };
        const code = about === event ? 'ee' : 'nbnp';
        const first = await doneBy(network, code, 'recordLink', input, 'id');
        expect(await doneBy(network, code, 'recordLink', input, 'id')).toEqual(first);
      }
    const shown = [page, second].map(({ on: checkedOn, ...link }) => ({ ...link, checkedOn }));
    expect(
      await network.read(`{ event(id: "${event}") { links { url label checkedOn } }
        organisation(id: "${organisation}") { links { url label checkedOn } } }`),
    ).toEqual({ event: { links: shown }, organisation: { links: shown } });
  });

  it('refuses a page that is there with its id, an unknown subject, and everybody else', async () => {
    await using network = await openTestVisits(kind, hub);
    const event = await recordEvent(network);
    const { id } = await network.done('recordLink', { about: event, ...page });
    expect(await network.refusal('recordLink', { about: event, ...page, label: 'x' })).toEqual({
      code: 'RULE_VIOLATED',
      rule: 'DUPLICATE',
      argument: 'input.url',
      id,
    });
    for (const about of ['nbnp:none', 'fi:unit', 'a\0'])
      expect(await network.refusal('recordLink', { about, ...page })).toEqual({
        code: 'NOT_FOUND',
        argument: 'input.about',
      });
    const forbidden = { code: 'FORBIDDEN' };
    for (const code of ['dk', 'ncm']) {
      const reader = coordinatorOf(code);
      for (const about of [event, organisation])
        expect(await network.refusal('recordLink', { about, ...page }, reader)).toEqual(forbidden);
      const removal = { link: id, reason: 'Mine.' };
      expect(await network.refusal('removeLink', removal, reader)).toEqual(forbidden);
    }
    const ofOrganisation = { about: organisation, ...page };
    expect(await network.refusal('recordLink', ofOrganisation, coordinatorOf('ee'))).toEqual(
      forbidden,
    );
  });
});

describe.each(testDatabases)('Mutation.changeLink on $name', (kind) => {
  it('corrects what is given, by those who may record it, once a version', async () => {
    await using network = await openTestVisits(kind, hub);
    const event = await recordEvent(network);
    const { id: link } = await network.done('recordLink', { about: event, ...page });
    const again = { link, on: '2026-04-01', version: 1 };
    const shown = 'url label checkedOn version';
    expect(await doneBy(network, 'ee', 'changeLink', again, shown)).toEqual({
      url: page.url,
      label: page.label,
      checkedOn: again.on,
      version: 2,
    });
    expect(await network.refusal('changeLink', again)).toMatchObject({
      code: 'CONFLICT',
      currentVersion: 2,
    });
    const next = { link, url: 'https://example.org/2', label: null, on: again.on, version: 2 };
    const changed = await network.done('changeLink', next, shown);
    expect(changed).toEqual({ url: next.url, label: null, checkedOn: again.on, version: 3 });
    const { networkChanges } = await network.read<{ networkChanges: { nodes: object[] } }>(
      '{ networkChanges(first: 1) { nodes { mutation subject fields } } }',
    );
    expect(networkChanges.nodes).toEqual([
      { mutation: 'changeLink', subject: event, fields: ['links'] },
    ]);
    const removal = { link, reason: 'The page is gone.' };
    expect(await network.refusal('removeLink', { ...removal, version: 2 })).toMatchObject({
      code: 'CONFLICT',
      currentVersion: 3,
    });
  });

  it('refuses the address of another link with its id, and everybody else', async () => {
    await using network = await openTestVisits(kind, hub);
    const event = await recordEvent(network);
    const { id } = await network.done('recordLink', { about: event, ...page });
    const other = 'https://example.org/2';
    const { id: link } = await network.done('recordLink', { about: event, ...page, url: other });
    const change = { link, on: page.on, version: 1 };
    expect(await network.refusal('changeLink', { ...change, url: page.url })).toEqual({
      code: 'RULE_VIOLATED',
      rule: 'DUPLICATE',
      argument: 'input.url',
      id,
    });
    expect(await network.refusal('changeLink', { ...change, url: null })).toMatchObject({
      code: 'BAD_USER_INPUT',
      argument: 'input.url',
    });
    for (const code of ['dk', 'ncm'])
      expect(await network.refusal('changeLink', change, coordinatorOf(code))).toEqual({
        code: 'FORBIDDEN',
      });
    await network.done('changeLink', { ...change, url: other });
  });
});

describe.each(testDatabases)('Mutation.removeLink on $name', (kind) => {
  it('removes a page, and keeps why', async () => {
    await using network = await openTestVisits(kind, hub);
    const event = await recordEvent(network);
    const { id: link } = await network.done('recordLink', { about: event, ...page });
    const { id: other } = await network.done('recordLink', { about: organisation, ...page });
    const reader = coordinatorOf('ee');
    const removal = { link, reason: 'The page is gone.' };
    expect(await network.refusal('removeLink', { ...removal, link: other }, reader)).toEqual({
      code: 'FORBIDDEN',
    });
    const { data } = await network.change('removeLink', removal, '', reader);
    expect(data).toEqual({ result: true });
    expect(await network.refusal('removeLink', removal)).toEqual({
      code: 'NOT_FOUND',
      argument: 'input.link',
    });
    expect(
      await network.read(`{ event(id: "${event}") { links { id } }
        organisation(id: "${organisation}") { links { id } }
        networkChanges(first: 1) { nodes { mutation subject fields reason } } }`),
    ).toEqual({
      event: { links: [] },
      organisation: { links: [{ id: other }] },
      networkChanges: {
        nodes: [
          { mutation: 'removeLink', subject: event, fields: ['links'], reason: removal.reason },
        ],
      },
    });
  });
});
