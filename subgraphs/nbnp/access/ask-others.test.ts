import { HubError } from '@hub/shared/errors';
import { describe, expect, it } from 'vitest';
import { createAsk, type FactQuery } from './ask-others.js';

type Variables = Readonly<Record<string, unknown>>;

function open(
  answer: (query: string, variables: Variables) => Variables,
  gaps: readonly (readonly (string | number)[])[] = [],
) {
  const asked: { readonly query: string; readonly variables: Variables }[] = [];
  const missing: string[] = [];
  const ask = createAsk(
    {
      askHub: async (query, variables = {}, options) => {
        asked.push({ query, variables });
        for (const gap of gaps)
          options?.onMissing?.(new HubError('PARTNER_UNAVAILABLE', { partner: 'no' }), gap);
        return answer(query, variables);
      },
    },
    ({ code, extensions }) => missing.push(`${code} ${String(extensions['partner'])}`),
  );
  return { asked, missing, ask };
}

const visit = (id: string, selection: string): FactQuery => ({ root: 'visit', id, selection });

describe('createAsk', () => {
  it('sends all queries in one request, and those about one record as one field', async () => {
    const { ask, asked } = open(() => ({ f0: { both: true }, f2: [] }));
    const answers = await Promise.all([
      ask(visit('nbnp:v', 'stops { id }')),
      ask({
        root: 'officer',
        id: 'dk:o',
        group: 'nbnp:g',
        selection: 'outstanding(group: $group)',
      }),
      ask(visit('nbnp:v', 'experts { id }')),
      ask({ root: 'unitsOf', id: 'FI', selection: 'hostings { id }' }),
    ]);
    expect(answers.map(({ known }) => known)).toEqual([{ both: true }, null, { both: true }, []]);
    expect(asked).toEqual([
      {
        query:
          'query FactsOf($id0: ID!, $id1: ID!, $group1: ID!, $id2: CountryCode) { ' +
          'f0: visit(id: $id0) { stops { id } experts { id } } ' +
          'f1: officer(id: $id1) { outstanding(group: $group1) } ' +
          'f2: policeUnits(filter: { country: $id2 }) { hostings { id } } }',
        variables: { id0: 'nbnp:v', id1: 'dk:o', group1: 'nbnp:g', id2: 'FI' },
      },
    ]);
  });

  it('selects at most 25 records in one request', async () => {
    const { ask, asked } = open(() => ({}));
    const ids = Array.from({ length: 51 }, (_, index) => `nbnp:v${index}`);
    await Promise.all(ids.map((id) => ask(visit(id, 'id'))));
    expect(asked.map(({ variables }) => Object.keys(variables).length)).toEqual([25, 25, 1]);
  });

  it('says what is not whole: a value, a part of it, or what it is a part of', async () => {
    const { ask } = open(
      () => ({ f0: [], f1: { stops: [], experts: [{}, {}] }, f2: {} }),
      [['f0'], ['f1', 'experts', 1, 'expert']],
    );
    const [units, plan, other] = await Promise.all([
      ask({ root: 'unitsOf', id: 'NO', selection: 'hostings { id }' }),
      ask(visit('nbnp:v', 'stops { id } experts { id }')),
      ask(visit('nbnp:w', 'id')),
    ]);
    expect([units?.isWhole(), units?.isWhole('hostings')]).toEqual([false, false]);
    expect([plan?.isWhole(), plan?.isWhole('stops'), plan?.isWhole('experts')]).toEqual([
      false,
      true,
      false,
    ]);
    expect([plan?.isWhole('experts', 0), plan?.isWhole('experts', 1)]).toEqual([true, false]);
    expect(other?.isWhole()).toBe(true);
  });

  it('says what each query lacks, although others ask about the same record', async () => {
    const { ask } = open(
      () => ({ f0: { stops: [], experts: [{}] }, f1: {} }),
      [['f0', 'experts', 0, 'status']],
    );
    const asked = await Promise.all([
      ask(visit('nbnp:v', 'stops { id }')),
      ask(visit('nbnp:v', 'experts { id }')),
      ask(visit('nbnp:v', 'experts { id status }')),
      ask(visit('nbnp:w', 'experts { id status }')),
    ]);
    const partners = asked.map(({ missing }) =>
      missing.map(({ extensions }) => extensions['partner']),
    );
    expect(partners).toEqual([[], [], ['no'], []]);
    const whole = open(() => ({ f0: {} }), [[]]).ask(visit('nbnp:v', 'id'));
    expect((await whole).missing).toHaveLength(1);
  });

  it('answers null without the hub, and tells so', async () => {
    const { ask, missing } = open(() => {
      throw new HubError('PARTNER_UNAVAILABLE', { partner: 'hub' });
    });
    const { known, isWhole, missing: own } = await ask(visit('nbnp:v', 'id'));
    expect([known, isWhole(), isWhole('id')]).toEqual([null, false, false]);
    expect(own).toHaveLength(1);
    expect(missing).toEqual(['PARTNER_UNAVAILABLE hub']);
  });

  it.each([new HubError('FORBIDDEN'), new Error('A mistake of ours.')])(
    'throws what nobody’s absence explains: %s',
    async (error) => {
      const { ask, missing } = open(() => {
        throw error;
      });
      await expect(ask(visit('nbnp:v', 'id'))).rejects.toBe(error);
      expect(missing).toEqual([]);
    },
  );
});
