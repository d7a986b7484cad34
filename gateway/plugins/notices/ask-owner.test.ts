import { anonymous } from '@hub/shared/identity';
import { describe, expect, it } from 'vitest';
import type { PartnerCall, PartnerResponse } from '../../fan-out/partners/partner-port.js';
import { createAskOwner } from './ask-owner.js';

const records = [
  { subject: 'dk:1', type: 'Officer' },
  { subject: 'dk:2', type: 'Visit' },
];

const respond = (response: PartnerResponse | object) => {
  const calls: PartnerCall[] = [];
  const selections = new Map([
    ['Officer', 'id versionOfOfficer: version'],
    ['Visit', 'id'],
  ]);
  const ask = createAskOwner({
    find: (code) =>
      code === 'dk'
        ? {
            selections,
            port: {
              async ask(call) {
                calls.push(call);
                return 'failure' in response
                  ? (response as PartnerResponse)
                  : { json: response, httpStatus: 200 };
              },
            },
          }
        : undefined,
  });
  return { ask, calls };
};

const officer = { __typename: 'Officer', id: 'dk:1', versionOfOfficer: 4 };
const visit = { __typename: 'Visit', id: 'dk:2' };
const readable = (version: number | null) => ({ isReadable: true, version });
const denied = { isReadable: false, version: null };

describe('createAskOwner', () => {
  it('asks for all records at once, as the caller, and takes no cached response', async () => {
    const { ask, calls } = respond({ data: { _entities: [officer, visit] } });
    expect(await ask('dk', anonymous, records)).toEqual(
      new Map([
        ['dk:1', readable(4)],
        ['dk:2', readable(null)],
      ]),
    );
    expect(calls.length).toBe(1);
    expect(calls[0]).toMatchObject({ reader: anonymous, wantsFresh: true, isRepeatable: true });
    expect(calls[0]?.query).toContain(
      '... on Officer { id versionOfOfficer: version } ... on Visit { id }',
    );
  });

  it.each([
    ['a refusal', [null, visit], [{ path: ['_entities', 0], extensions: { code: 'FORBIDDEN' } }]],
    ['nothing', [null, visit], undefined],
    ['another record', [{ ...officer, id: 'dk:9' }, visit], undefined],
    ['another type', [{ ...officer, __typename: 'Expert' }, visit], undefined],
  ])('denies a record for which the owner returns %s', async (_what, _entities, errors) => {
    const { ask } = respond({ data: { _entities }, errors });
    const found = await ask('dk', anonymous, records);
    expect(found.get('dk:1')).toEqual(denied);
    expect(found.get('dk:2')).toEqual(readable(null));
  });

  it.each([
    ['does not respond', { failure: 'UNAVAILABLE', reason: 'away' }],
    ['responds with too few records', { data: { _entities: [officer] } }],
    ['responds with no data', { data: null, errors: [{ extensions: { code: 'OVERLOADED' } }] }],
    ['responds with anything else', ['x']],
  ])('decides nothing if the owner %s', async (_how, response) => {
    const { ask } = respond(response);
    expect((await ask('dk', anonymous, records)).size).toBe(0);
  });

  it('decides nothing about a record whose rule needs another partner that is away', async () => {
    const errors = [{ path: ['_entities', 0], extensions: { code: 'PARTNER_UNAVAILABLE' } }];
    const { ask } = respond({ data: { _entities: [null, visit] }, errors });
    expect([...(await ask('dk', anonymous, records)).keys()]).toEqual(['dk:2']);
  });

  it('denies what has no owner, or a type without a key', async () => {
    const { ask, calls } = respond({ data: { _entities: [] } });
    expect((await ask('xx', anonymous, records)).get('dk:1')).toEqual(denied);
    const others = [{ subject: 'dk:3', type: 'ParticipantReport' }];
    expect((await ask('dk', anonymous, others)).get('dk:3')).toEqual(denied);
    expect(calls).toEqual([]);
  });

  it('lets a slow owner hold up no other one, and nobody for longer than its time', async () => {
    let respond: () => void = () => undefined;
    const late = new Promise<void>((resolve) => (respond = resolve));
    const calls: string[] = [];
    const ask = createAskOwner({
      deadlineMs: 50,
      atOnce: 1,
      find: (code) => ({
        selections: new Map([['Officer', 'id']]),
        port: {
          async ask() {
            calls.push(code);
            if (code === 'dk') await late;
            const found = [{ __typename: 'Officer', id: `${code}:1` }];
            return { json: { data: { _entities: found } }, httpStatus: 200 };
          },
        },
      }),
    });
    const recordOf = (code: string) => [{ subject: `${code}:1`, type: 'Officer' }];
    const first = ask('dk', anonymous, recordOf('dk'));
    const second = ask('dk', anonymous, recordOf('dk'));
    expect((await ask('se', anonymous, recordOf('se'))).size).toBe(1);
    expect((await second).size).toBe(0);
    respond();
    expect((await first).size).toBe(1);
    expect((await ask('dk', anonymous, recordOf('dk'))).size).toBe(1);
    expect(calls).toEqual(['dk', 'se', 'dk']);
  });
});
