import { describe, expect, it } from 'vitest';
import { deriveEvaluation } from './derive-evaluation.js';

const own = { summary: 'It went well.', signedOn: '2025-11-20' };
const offices = { officeSignedOn: '2025-11-27', officeSignatureCount: 1 };
const noOffices = { officeSignedOn: null, officeSignatureCount: 0 };
const officesAway = { officeSignedOn: null, officeSignatureCount: null };

describe('Programme.evaluation', () => {
  it('is null if nobody has signed', () => {
    expect(deriveEvaluation(null, noOffices)).toBeNull();
  });

  it('is complete when both have signed', () => {
    expect(deriveEvaluation(own, offices)).toEqual({
      summary: 'It went well.',
      complete: true,
      signOffs: [
        { organisation: 'nbnp', signedOn: '2025-11-20' },
        { organisation: 'ncm', signedOn: '2025-11-27' },
      ],
    });
  });

  it('is not complete when one has signed', () => {
    expect(deriveEvaluation(own, noOffices)).toMatchObject({
      complete: false,
      signOffs: { length: 1 },
    });
    expect(deriveEvaluation(null, offices)).toMatchObject({ complete: false, summary: null });
  });

  it('does not say whether it is complete while the offices are unavailable', () => {
    expect(deriveEvaluation(own, officesAway)).toMatchObject({
      complete: null,
      signOffs: { length: 1 },
    });
    expect(deriveEvaluation(null, officesAway)).toMatchObject({ complete: null, signOffs: [] });
  });
});
