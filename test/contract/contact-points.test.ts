import { definition as nationalPolice } from '@hub/national-police';
import { definition as nbnp } from '@hub/nbnp';
import { definition as ncmOffices } from '@hub/ncm-offices';
import type { Reader, tokens } from '@hub/shared/identity';
import {
  openTestPartner,
  readerOf,
  testDatabases,
  type TestDatabaseKind,
} from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';

const person = { name: 'Somebody Invented', email: 'somebody@example.org', targetGroup: 'POLICE' };

/** Each partner, and two of its bodies. */
const partners = [
  {
    partner: 'nbnp',
    definition: nbnp,
    type: 'Organisation',
    noun: 'Organisation',
    changes: 'networkChanges(',
    field: 'organisation',
    bodies: ['nbnp:iacis', 'nbnp:cbss'],
    register: undefined,
  },
  {
    partner: 'ncm',
    definition: ncmOffices,
    type: 'Office',
    noun: 'Office',
    changes: 'officeChanges(',
    field: 'office',
    bodies: ['ncm:led', 'ncm:kgd'],
    register: [
      'registerDelegate',
      'RegisterDelegateInput',
      { office: 'ncm:led', region: 'RU-LEN', languages: [], ...person },
    ],
  },
  {
    partner: 'fi',
    definition: nationalPolice,
    type: 'PoliceUnit',
    noun: 'Unit',
    changes: 'policeChanges(country: "FI", ',
    field: 'unit',
    bodies: ['fi:npb', 'fi:college'],
    register: [
      'registerOfficer',
      'RegisterOfficerInput',
      { unit: 'fi:npb', languages: [], ...person },
    ],
  },
] as const;
type Partner = (typeof partners)[number];

const desk = {
  function: 'Duty desk',
  mailbox: 'duty@example.org',
  telephone: '+358 295 480 181',
  openingHours: 'Every day, at any hour.',
  languages: ['fi', 'en'],
  source: 'https://example.org/contact',
  checkedOn: '2026-02-01',
};
const selection = `contactPoints { id ${Object.keys(desk).join(' ')} version }`;

interface Shown {
  readonly contactPoints: readonly { readonly id: string; readonly version: number }[];
}

const idOf = (shown: Shown | null | undefined): string => shown?.contactPoints[0]?.id ?? '';

async function openKept(kind: TestDatabaseKind, { partner, definition, noun, field }: Partner) {
  const server = await openTestPartner(definition, kind, { partner, content: 'facts' });
  const call = async (verb: 'set' | 'remove', input: object, as?: Reader) => {
    const name = `${verb}${noun}ContactPoint`;
    const type = `${verb === 'set' ? 'Set' : 'Remove'}${noun}ContactPointInput`;
    const document = `mutation ($input: ${type}!) { it: ${name}(input: $input) { id ${selection} } }`;
    const { data, errors } = await server.ask(document, { input }, as);
    return { it: data?.['it'] as Shown | null | undefined, refusal: errors?.[0]?.extensions };
  };
  return {
    server,
    set: (body: string, change: object = {}, more: object = {}, as?: Reader) =>
      call('set', { [field]: body, set: { ...desk, ...change }, ...more }, as),
    remove: (body: string, input: object, as?: Reader) =>
      call('remove', { [field]: body, ...input }, as),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const roles: readonly tokens.Role[] = ['analyst', 'coordinator', 'liaison', 'auditor', 'service'];

describe.each(partners)('ContactPoint of $partner', (partner) => {
  const [body, other] = partner.bodies;

  describe.each(testDatabases)('on $name', (kind) => {
    it('is added, set anew as a whole, and removed, and each is a change of its body', async () => {
      await using kept = await openKept(kind, partner);
      const { it: added } = await kept.set(body);
      const id = idOf(added);
      expect(id).toMatch(new RegExp(`^${partner.partner}:`));
      expect(added?.contactPoints).toEqual([{ ...desk, id, version: 1 }]);

      const only = { source: desk.source, checkedOn: '2026-02-02', telephone: '+358 1234567' };
      const blank = { function: null, mailbox: null, openingHours: null, languages: [] };
      const { it: changed } = await kept.set(
        body,
        { ...blank, ...only },
        { contactPoint: id, version: 1 },
      );
      expect(changed?.contactPoints).toEqual([{ ...blank, ...only, id, version: 2 }]);

      await kept.set(body, { function: 'Visitors' });
      const { it: sorted } = await kept.set(body, { function: 'Archive' });
      expect(sorted?.contactPoints).toMatchObject([
        { function: 'Archive' },
        { function: 'Visitors' },
        { function: null },
      ]);
      const { it: removed } = await kept.remove(body, { contactPoint: id, version: 2 });
      expect(removed?.contactPoints).toHaveLength(2);
      const { it: changes } = await kept.server.read<{ it: { nodes: { mutation: string }[] } }>(
        `{ it: ${partner.changes}filter: { subject: "${body}" }) { nodes { mutation fields } } }`,
      );
      expect(changes.nodes.map(({ mutation }) => mutation.slice(0, 3))).toEqual([
        'rem',
        'set',
        'set',
        'set',
        'set',
      ]);
      expect(changes.nodes).toMatchObject(Array(5).fill({ fields: ['contactPoints'] }));
    });

    it('refuses a second one like it, with the id of the first', async () => {
      await using kept = await openKept(kind, partner);
      const { it: added } = await kept.set(body);
      const id = idOf(added);
      const same = {
        function: 'DUTY  desk',
        mailbox: 'Duty@Example.org',
        telephone: '+358295480181',
      };
      expect((await kept.set(body, { ...same, openingHours: null })).refusal).toEqual({
        code: 'RULE_VIOLATED',
        rule: 'DUPLICATE',
        argument: 'input.set',
        id,
      });
      expect((await kept.set(body, same, { contactPoint: id })).refusal).toBeUndefined();
      expect((await kept.set(other, same)).refusal).toBeUndefined();
      expect((await kept.set(body, { function: 'Another desk' })).refusal).toBeUndefined();
    });

    it('is added once for an idempotency key', async () => {
      await using kept = await openKept(kind, partner);
      await kept.set(body, {}, { idempotencyKey: 'k' });
      const { it: again } = await kept.set(body, {}, { idempotencyKey: 'k' });
      expect(again?.contactPoints).toHaveLength(1);
    });

    it('refuses an unknown body, another body’s, a stale version, and nothing to reach it by', async () => {
      await using kept = await openKept(kind, partner);
      const { it: added } = await kept.set(body);
      const contactPoint = idOf(added);
      const unknown = await kept.set(`${partner.partner}:nowhere`);
      expect(unknown.refusal).toEqual({ code: 'NOT_FOUND', argument: `input.${partner.field}` });
      const notThere = { code: 'NOT_FOUND', argument: 'input.contactPoint' };
      expect((await kept.set(other, {}, { contactPoint })).refusal).toEqual(notThere);
      expect((await kept.remove(other, { contactPoint, version: 1 })).refusal).toEqual(notThere);
      const stale = { code: 'CONFLICT', argument: 'input.version', currentVersion: 1 };
      expect((await kept.set(body, {}, { contactPoint, version: 2 })).refusal).toEqual(stale);
      expect((await kept.remove(body, { contactPoint, version: 2 })).refusal).toEqual(stale);
      const none = { mailbox: null, telephone: null, openingHours: null };
      const refused = { code: 'BAD_USER_INPUT', argument: 'input.set' };
      expect((await kept.set(body, none)).refusal).toEqual(refused);
    });

    it('is read by all signed-in callers of every organisation, and written by its owner’s co-ordinators', async () => {
      await using kept = await openKept(kind, partner);
      await kept.set(body);
      const query = `{ _entities(representations: [{ __typename: "${partner.type}", id: "${body}" }]) { ... on ${partner.type} { ${selection} } } }`;
      const anonymous = await kept.server.ask(query, {}, { kind: 'anonymous' });
      expect(anonymous.data?.['_entities']).toEqual([{ contactPoints: null }]);
      expect(anonymous.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
      for (const organisation of ['nbnp', 'ncm', 'fi', 'lv'])
        for (const role of roles) {
          const reader = readerOf(organisation, role);
          const { data } = await kept.server.ask(query, {}, reader);
          expect(data?.['_entities'], `${role} of ${organisation}`).toMatchObject([
            { contactPoints: [{ mailbox: desk.mailbox }] },
          ]);
          if (organisation === partner.partner && role === 'coordinator') continue;
          const { refusal } = await kept.set(body, { function: 'Another' }, {}, reader);
          expect(refusal, `${role} of ${organisation}`).toEqual({ code: 'FORBIDDEN' });
        }
    });

    it.skipIf(!partner.register)('is never the address of a person of its owner', async () => {
      await using kept = await openKept(kind, partner);
      const [name, type, input] = partner.register ?? [];
      const document = `mutation ($input: ${type}!) { ${name}(input: $input) { id } }`;
      expect((await kept.server.ask(document, { input })).errors).toBeUndefined();
      const refused = { code: 'RULE_VIOLATED', rule: 'PERSONAL', argument: 'input.set.mailbox' };
      for (const mailbox of [person.email, 'Somebody@EXAMPLE.org'])
        expect((await kept.set(body, { mailbox })).refusal).toEqual(refused);
      await kept.set(body);
      const another = { ...input, name: 'Another Invented', isAnother: true };
      const register = (email: string) =>
        kept.server.ask(document, { input: { ...another, email } });
      const personal = { code: 'RULE_VIOLATED', rule: 'PERSONAL', argument: 'input.email' };
      const refusal = (await register('Duty@EXAMPLE.org')).errors?.[0]?.extensions;
      expect(refusal).toMatchObject(personal);
      const { data } = await register('another@example.org');
      const { id } = data?.[name ?? ''] as { id: string };
      const noun = name?.replace('register', '') ?? '';
      const change = (email: string, version: number) =>
        kept.server.ask(
          `mutation ($input: Change${noun}Input!) { change${noun}(input: $input) { id } }`,
          { input: { [noun.toLowerCase()]: id, email, version } },
        );
      expect((await change('third@example.org', 1)).errors).toBeUndefined();
      expect((await change(desk.mailbox, 2)).errors?.[0]?.extensions).toMatchObject(personal);
    });
  });
});
