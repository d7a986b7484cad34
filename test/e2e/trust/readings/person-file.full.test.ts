// cspell:ignore читал данные Hvem læst oplysningerne neid andmeid lugenud
import { createKeyStore, keyFilesOf } from '@hub/shared/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  parsePersonFile,
  verifyPersonFile,
} from '../../../../gateway/registry/records/person-file.js';
import { createToken, type Asker } from '../../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';
import { readers, type Someone } from '../access-rules.js';
import { clock, polices } from '../demonstration.js';

const officer = 'fi:demo-officer-3';
const delegate = 'ncm:demo-delegate-1';
const of = (organisation: string, role: Asker['role']): Asker => ({ organisation, role });
const herself = (person: string): Asker => ({
  organisation: person.split(':')[0] ?? '',
  role: 'participant',
  person,
});

describe('GET /export/person', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true, clock });
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const get = async (path: string, asker?: Asker) => {
    const authorization = asker && `Bearer ${await createToken(network.keys, asker)}`;
    const response = await fetch(new URL(`/export/${path}`, network.hubUrl), {
      headers: { ...(authorization && { authorization }) },
    });
    return { status: response.status, text: await response.text() };
  };
  const keys = () =>
    createKeyStore({
      files: new Map(
        ['nbnp', 'ncm', ...polices].map((code) => [code, keyFilesOf(network.keys, code).public]),
      ),
    });
  const verify = async (text: string) => {
    const file = parsePersonFile(text);
    if (!file) throw new Error(text);
    return { file, parts: await verifyPersonFile(file, keys()) };
  };
  const codeOf = (text: string) =>
    (JSON.parse(text) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code;

  it.each([
    ['an officer’s co-ordinator', officer, of('fi', 'coordinator'), ['fi', 'nbnp'], 'officers'],
    ['the officer herself', officer, herself(officer), ['fi', 'nbnp'], 'officers'],
    ['a delegate’s co-ordinator', delegate, of('ncm', 'coordinator'), ['ncm', 'nbnp'], 'delegates'],
    ['the delegate herself', delegate, herself(delegate), ['ncm', 'nbnp'], 'delegates'],
    [
      'an expert’s co-ordinator',
      'lv:demo-expert-1',
      of('lv', 'coordinator'),
      ['lv', 'nbnp'],
      'experts',
    ],
    [
      'the expert herself',
      'lv:demo-expert-1',
      herself('lv:demo-expert-1'),
      ['lv', 'nbnp'],
      'experts',
    ],
  ])('gives %s what each owner holds, signed by it', async (_who, person, asker, owners, table) => {
    const { status, text } = await get(`person.json?id=${person}`, asker);
    expect(status, text).toBe(200);
    const { file, parts } = await verify(text);
    expect(parts.map(({ issuer }) => issuer)).toEqual(owners);
    expect(file).toMatchObject({ person, missing: [] });
    const own = parts[0]?.rows.filter((row) => row.table === table);
    expect(own).toMatchObject([{ columns: { id: person } }]);
    // The network decides on officers, and plans experts; delegates are the offices’ own.
    const atNetwork = { officers: ['officer_nominations'], experts: ['expert_assignments'] };
    const tables = new Set(parts[1]?.rows.map((row) => row.table));
    for (const one of (atNetwork as Record<string, string[]>)[table] ?? [])
      expect(tables).toContain(one);
  });

  it('records the reading, which the next file has', async () => {
    await get(`person.json?id=${officer}`, of('fi', 'coordinator'));
    const { parts } = await verify((await get(`person.json?id=${officer}`, herself(officer))).text);
    for (const [issuer, type, field] of [
      ['fi', 'Officer', 'personFile'],
      ['nbnp', 'Query', 'networkPersonFile'],
    ]) {
      const readings = parts.find((part) => part.issuer === issuer)?.readings ?? [];
      expect(readings, issuer).toContainEqual(
        expect.objectContaining({ organisation: 'fi', role: 'coordinator', type, fields: [field] }),
      );
      expect(JSON.stringify(readings)).not.toContain('"reader"');
    }
  });

  it.each([officer, delegate, 'lv:demo-expert-1'])(
    'of %s is for her owner’s co-ordinators and herself alone',
    async (person) => {
      const isHers = (who: Someone) =>
        who?.organisation === person.split(':')[0] && who?.role === 'coordinator';
      const participants = [officer, delegate, 'fi:demo-officer-1', 'lv:demo-expert-1'];
      const others = [
        ...readers.map(([, who]) => who).filter((who) => !isHers(who)),
        ...participants.filter((one) => one !== person).map(herself),
      ];
      expect(others.length).toBeGreaterThan(50);
      for (const [index, asker] of others.entries()) {
        const search = index % 2 === 0 ? '' : '&partial=true';
        const { status, text } = await get(`person.json?id=${person}${search}`, asker);
        expect([status, codeOf(text)], JSON.stringify(asker)).toEqual([403, 'FORBIDDEN']);
      }
    },
  );

  it('is NOT_FOUND for a person of whom nobody holds anything', async () => {
    const { status } = await get('person.json?id=fi:nobody', of('fi', 'coordinator'));
    expect(status).toBe(404);
  });

  it.each([
    ['nbnp', ['fi']],
    ['fi', ['nbnp']],
  ])('names %s while it is down, and gives the rest on request', async (away, rest) => {
    await network.stop(away);
    try {
      const whole = await get(`person.json?id=${officer}`, of('fi', 'coordinator'));
      expect([whole.status, codeOf(whole.text)]).toEqual([502, 'PARTNER_UNAVAILABLE']);
      const part = await get(`person.json?id=${officer}&partial=true`, of('fi', 'coordinator'));
      const { file, parts } = await verify(part.text);
      expect(parts.map(({ issuer }) => issuer)).toEqual(rest);
      expect(file.missing).toEqual([away]);
      const page = await get(
        `person.html?id=${officer}&partial=true&language=en`,
        of('fi', 'coordinator'),
      );
      expect(page.text).toContain(`because they did not respond: ${away}`);
    } finally {
      await network.start(away);
    }
  });

  it.each([
    ['en', 'Who read these data'],
    ['ru', 'Кто читал эти данные'],
    ['da', 'Hvem der har læst oplysningerne'],
    ['et', 'Kes on neid andmeid lugenud'],
  ])('is a page in %s, without scripts', async (language, words) => {
    const { status, text } = await get(
      `person.html?id=${officer}&language=${language}`,
      herself(officer),
    );
    expect(status, text).toBe(200);
    expect(text).toContain(`<html lang="${language}">`);
    expect(text).toContain(words);
    expect(text).not.toMatch(/<script|<link|<img|javascript:|\son\w+=/);
    const { data } = await network.ask(
      'query ($id: ID!) { officer(id: $id) { name } }',
      { id: officer },
      of('fi', 'coordinator'),
    );
    expect(text).toContain(data.officer.name);
  });

  it('writes texts as texts, whatever is in them', async () => {
    const input = { officer, diet: '<script>alert(1)</script>', version: 0 };
    const { travelNeeds } = (
      await network.ask(
        'query ($id: ID!) { officer(id: $id) { travelNeeds { version } } }',
        { id: officer },
        of('fi', 'coordinator'),
      )
    ).data.officer;
    const { errors } = await network.ask(
      'mutation ($input: SetOfficerTravelNeedsInput!) { setOfficerTravelNeeds(input: $input) { id } }',
      { input: { ...input, version: travelNeeds?.version ?? 0 } },
      of('fi', 'coordinator'),
    );
    expect(errors).toBeUndefined();
    const { text } = await get(`person.html?id=${officer}`, of('fi', 'coordinator'));
    expect(text).toContain('&lt;script&gt;alert(1)');
    expect(text).not.toContain('<script');
  });

  it.each(['language=xx', 'language=en&language=ru', 'unknown=1', 'columns=id'])(
    'is BAD_USER_INPUT with %s',
    async (search) => {
      const { text } = await get(`person.html?id=${officer}&${search}`, herself(officer));
      expect(codeOf(text)).toBe('BAD_USER_INPUT');
    },
  );

  it('is not valid once anything in it was changed', async () => {
    const { text } = await get(`person.json?id=${officer}`, herself(officer));
    const other = await get('person.json?id=fi:demo-officer-1', of('fi', 'coordinator'));
    const [file, another] = [parsePersonFile(text), parsePersonFile(other.text)];
    const [own, network_] = file?.parts ?? [];
    const [foreign] = another?.parts ?? [];
    if (!file || !own || !network_ || !foreign) throw new Error('A part is missing.');
    const forged = [
      { ...file, person: 'fi:demo-officer-1' },
      { ...file, parts: [foreign, network_] },
      { ...file, parts: [own, own] },
      { ...file, parts: [{ ...own, content: network_.content }, network_] },
      { ...file, parts: [{ ...own, issuer: 'nbnp' }] },
      { ...file, parts: [{ ...own, statement: `${own.statement.slice(0, -4)}AAAA` }] },
    ];
    for (const one of forged) await expect(verifyPersonFile(one, keys())).rejects.toThrow(/part/);
  });

  it('of somebody who was erased has her id, and nothing that says who she was or who read it', async () => {
    const erased = 'fi:demo-officer-2';
    const asker = of('fi', 'coordinator');
    const { data } = await network.ask(
      'query ($id: ID!) { officer(id: $id) { name email } }',
      { id: erased },
      asker,
    );
    const { name, email } = data.officer as { name: string; email: string };
    const before = await verify((await get(`person.json?id=${erased}`, asker)).text);
    expect(JSON.stringify(before.parts)).toContain(name);
    expect(before.parts[0]?.readings.length).toBeGreaterThan(0);
    const { errors } = await network.ask(`mutation { eraseOfficer(id: "${erased}") }`, {}, asker);
    expect(errors).toBeUndefined();
    for (const form of ['json', 'html']) {
      const { status, text } = await get(`person.${form}?id=${erased}`, asker);
      expect(status, text).toBe(200);
      expect(text).toContain(erased);
      for (const one of [name, email]) expect(text).not.toContain(one);
    }
    const { parts } = await verify((await get(`person.json?id=${erased}`, asker)).text);
    const text = JSON.stringify(parts);
    for (const one of [name, email]) expect(text).not.toContain(one);
    expect(parts.flatMap(({ readings }) => readings)).toEqual([]);
  });
});
