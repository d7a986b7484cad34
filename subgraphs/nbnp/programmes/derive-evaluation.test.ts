import { describe, expect, it } from 'vitest';
import { deriveEvaluation } from './derive-evaluation.js';

const signature = { signedOn: '2025-11-20' };
const finding = { title: 'Shelters', text: 'They share a number.', sector: null };
const text = {
  summary: 'It went well.',
  findings: [finding],
  recommendations: ['More time.'],
  version: 3,
};
const own = { signature, text };
const draft = { signature: null, text };
const nothing = { signature: null, text: null };
const offices = {
  isRehearsal: true,
  officeSignedOn: '2025-11-27',
  officeSignatureCount: 1,
};
const noOffices = { isRehearsal: false, officeSignedOn: null, officeSignatureCount: 0 };
const officesAway = { isRehearsal: false, officeSignedOn: null, officeSignatureCount: null };

describe('Programme.evaluation', () => {
  it('is null without a draft or a signature', () => {
    expect(deriveEvaluation(nothing, noOffices)).toBeNull();
  });

  it('is complete when both have signed', () => {
    expect(deriveEvaluation(own, offices)).toEqual({
      ...text,
      isRehearsal: true,
      complete: true,
      status: 'COMPLETE',
      signOffs: [
        { organisation: 'nbnp', signedOn: '2025-11-20' },
        { organisation: 'ncm', signedOn: '2025-11-27' },
      ],
    });
  });

  it('is a draft until somebody signs', () => {
    expect(deriveEvaluation(draft, noOffices)).toEqual({
      ...text,
      isRehearsal: false,
      complete: false,
      status: 'DRAFT',
      signOffs: [],
    });
  });

  it('is not complete when one has signed', () => {
    expect(deriveEvaluation(own, noOffices)).toMatchObject({
      complete: false,
      status: 'SIGNED_BY_NETWORK',
      signOffs: { length: 1 },
    });
    expect(deriveEvaluation(nothing, offices)).toMatchObject({
      complete: false,
      status: 'SIGNED_BY_OFFICES',
      summary: null,
      version: 0,
    });
  });

  it('does not say whether it is complete while the offices are unavailable', () => {
    const unknown = { complete: null, status: null };
    expect(deriveEvaluation(own, officesAway)).toMatchObject({
      ...unknown,
      signOffs: { length: 1 },
    });
    expect(deriveEvaluation(draft, officesAway)).toMatchObject({ ...unknown, signOffs: [] });
    expect(deriveEvaluation(nothing, officesAway)).toMatchObject({ ...unknown, signOffs: [] });
  });
});
