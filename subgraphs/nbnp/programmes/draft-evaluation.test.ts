import type { Reader } from '@hub/shared/identity';
import { readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { EvaluationSignature, type EvaluationText } from '../entities/evaluation.entity.js';
import { readersOf } from '../testing/test-outcomes.js';
import {
  away,
  insertEvaluation,
  openTestVisits,
  programme,
  type TestVisits,
} from '../testing/test-visits.js';

const violated = (rule: string, argument = 'input.programme') =>
  expect.objectContaining({ code: 'RULE_VIOLATED', rule, argument });
const finding = { title: 'Shelters', text: 'They share a number.', sector: 'NGO' };
const text = {
  summary: 'It went well.',
  findings: [finding, { ...finding, sector: null }],
  recommendations: ['More time.', 'Fewer stops.'],
};
const storedText = text as Partial<EvaluationText>;
const draft = { ...text, programme, version: 0 };

/** The evaluation while the offices have signed or not, or are unavailable. */
async function readEvaluation(
  network: TestVisits,
  officeSignatureCount: number | null,
  reader?: Reader,
): Promise<unknown> {
  const officeSignedOn = officeSignatureCount === 1 ? '2030-12-02' : null;
  const owned = { __typename: 'Programme', id: programme, officeSignedOn, officeSignatureCount };
  const { data, errors } = await network.ask(
    `query ($it: [_Any!]!) { _entities(representations: $it) { ... on Programme {
      evaluation { status summary findings { title text sector } recommendations version }
    } } }`,
    { it: [owned] },
    reader,
  );
  expect(errors).toBeUndefined();
  const [answer] = data?.['_entities'] as { readonly evaluation: unknown }[];
  return answer?.evaluation;
}

/** The offices’ signature, as the hub knows it. */
const officesHave = (officeSignatureCount: number) => ({
  OfficeSignature: () => ({ programme: { officeSignatureCount } }),
});

describe.each(testDatabases)('Mutation.draftEvaluation on $name', (kind) => {
  it('keeps what is left out, and removes what is null', async () => {
    await using network = await openTestVisits(kind);
    await network.done('draftEvaluation', draft);
    const drafted = { ...text, status: 'DRAFT', version: 1 };
    expect(await readEvaluation(network, 0)).toEqual(drafted);
    await network.done('draftEvaluation', { programme, summary: null, version: 1 });
    await network.done('draftEvaluation', { programme, recommendations: null, version: 2 });
    const later = { ...drafted, summary: null, recommendations: [], version: 3 };
    expect(await readEvaluation(network, 0)).toEqual(later);
  });

  it('refuses another version, an unknown programme, an invalid text, and a draft after the signature', async () => {
    await using network = await openTestVisits(kind);
    const refusal = (more: object) => network.refusal('draftEvaluation', { ...draft, ...more });
    expect(await refusal({ programme: 'nbnp:none' })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal({ version: 1 })).toMatchObject({ code: 'CONFLICT', currentVersion: 0 });
    const invalid: readonly (readonly [object, string])[] = [
      [{ summary: ' ' }, 'input.summary'],
      [{ findings: [{ ...finding, title: '' }] }, 'input.findings.0.title'],
      [{ findings: [{ ...finding, text: '' }] }, 'input.findings.0.text'],
      [{ recommendations: [''] }, 'input.recommendations.0'],
    ];
    for (const [more, argument] of invalid)
      expect(await refusal(more)).toEqual({ code: 'BAD_USER_INPUT', argument });
    await insertEvaluation(network.source.manager, { signedOn: '2030-12-01' });
    expect(await refusal({ version: 1 })).toEqual(violated('ALREADY_SIGNED'));
  });
});

describe.each(testDatabases)('Mutation.withdrawEvaluationSignature on $name', (kind) => {
  const withdraw = { id: programme, on: '2030-12-05', version: 1 };

  it('makes a signed evaluation a draft again, until the offices have signed', async () => {
    await using network = await openTestVisits(kind, officesHave(0));
    await insertEvaluation(network.source.manager, { signedOn: '2030-12-01' });
    await network.done('withdrawEvaluationSignature', withdraw);
    expect(await network.source.manager.count(EvaluationSignature)).toBe(0);
    await network.done('draftEvaluation', { ...draft, version: 2 });
  });

  it('refuses what breaks a rule', async () => {
    await using network = await openTestVisits(kind, officesHave(1));
    const refusal = (more: object = {}) =>
      network.refusal('withdrawEvaluationSignature', { ...withdraw, ...more });
    expect(await refusal({ version: 0 })).toEqual(violated('NOT_SIGNED', 'input.id'));
    await insertEvaluation(network.source.manager, { signedOn: '2030-12-01' });
    expect(await refusal({ id: 'nbnp:none' })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal({ version: 2 })).toMatchObject({ code: 'CONFLICT', currentVersion: 1 });
    expect(await refusal({ on: '2030-11-30' })).toEqual(violated('DATE_ORDER', 'input.on'));
    expect(await refusal()).toEqual(violated('EVALUATED', 'input.id'));
  });

  it('changes nothing while the offices are unavailable', async () => {
    await using network = await openTestVisits(kind, { OfficeSignature: away('ncm') });
    await insertEvaluation(network.source.manager, { signedOn: '2030-12-01' });
    expect(await network.refusal('withdrawEvaluationSignature', withdraw)).toMatchObject({
      code: 'PARTNER_UNAVAILABLE',
      partner: 'ncm',
    });
  });
});

describe.each(testDatabases)('Evaluation on $name', (kind) => {
  const writers = [
    'coordinator of nbnp',
    'liaison of nbnp',
    'service of nbnp',
    'coordinator of ncm',
    'service of ncm',
  ];

  it('shows a draft to NBNP and the co-ordinators of the offices, and to others not even that there is one', async () => {
    await using network = await openTestVisits(kind);
    await insertEvaluation(network.source.manager, storedText);
    for (const [name, reader] of readersOf(['nbnp', 'ncm', 'dk'])) {
      const isWriter = writers.includes(name);
      const shown = isWriter ? { ...text, status: 'DRAFT', version: 1 } : null;
      expect(await readEvaluation(network, 0, reader), name).toEqual(shown);
    }
  });

  it.each([0, null])(
    'hides the text from others without an error while the offices have not signed or are unavailable: %s',
    async (officeSignatureCount) => {
      await using network = await openTestVisits(kind);
      const signedOn = '2030-12-01';
      await insertEvaluation(network.source.manager, { ...storedText, signedOn });
      const status = officeSignatureCount === null ? null : 'SIGNED_BY_NETWORK';
      const hidden = { summary: null, findings: null, recommendations: null, version: 0 };
      const others = readerOf('dk', 'coordinator');
      expect(await readEvaluation(network, officeSignatureCount, others)).toEqual({
        ...hidden,
        status,
      });
      const offices = readerOf('ncm', 'coordinator');
      expect(await readEvaluation(network, officeSignatureCount, offices)).toEqual({
        ...text,
        status,
        version: 1,
      });
    },
  );

  it('is published once both have signed', async () => {
    await using network = await openTestVisits(kind);
    const signedOn = '2030-12-01';
    await insertEvaluation(network.source.manager, { ...storedText, signedOn });
    for (const [name, reader] of readersOf(['nbnp', 'ncm', 'dk'])) {
      const published = { ...text, status: 'COMPLETE', version: 1 };
      expect(await readEvaluation(network, 1, reader), name).toEqual(published);
    }
  });
});
