import { describe, expect, it } from 'vitest';
import { describeMissing } from './describe-missing.js';

const nameOf = (code: string) => `Police of ${code}`;
const answered = { status: 'ANSWERED' };
const complete = { complete: true, partners: { dk: answered } };

describe('describeMissing', () => {
  it('says nothing of a complete result', () => {
    expect(describeMissing({ completeness: complete, errors: [] }, nameOf)).toEqual([]);
  });

  it('names a partner that is down once, with the places of its data', () => {
    const completeness = {
      complete: false,
      partners: { dk: answered, no: { status: 'TIMED_OUT' } },
    };
    const extensions = { code: 'PARTNER_TIMED_OUT', partner: 'no' };
    const errors = [
      { message: 'x', path: ['officers', 'nodes'], extensions },
      { message: 'x', path: ['policeUnits', 3, 'sites'], extensions },
    ];
    expect(describeMissing({ completeness, errors }, nameOf)).toEqual([
      'Police of no (no): PARTNER_TIMED_OUT. Its data is missing at `officers.nodes`, `policeUnits.sites`. This partner did not respond in time. The rest of the response is valid. Try again later, or request less.',
    ]);
  });

  it('says how old facts are', () => {
    const completeness = { complete: false, partners: { no: { status: 'STALE', ageSeconds: 90 } } };
    expect(describeMissing({ completeness, errors: [] }, nameOf)).toEqual([
      'Police of no (no) is unavailable. Its facts are 90 seconds old.',
    ]);
  });

  it('says what no organisation covers', () => {
    const completeness = { ...complete, uncovered: ['PL'] };
    expect(describeMissing({ completeness, errors: [] }, nameOf)).toEqual([
      'No organisation of the network covers PL: nobody was asked.',
    ]);
  });

  it('counts refusals at one place, and says what to do', () => {
    const error = (row: number) => ({
      message: 'Not allowed.',
      path: ['officers', row, 'name'],
      extensions: { code: 'FORBIDDEN' },
    });
    expect(
      describeMissing({ completeness: complete, errors: [error(0), error(1)] }, nameOf),
    ).toEqual([
      '`officers.name` is null, 2 times: FORBIDDEN. Not allowed. Ask the owner of the data, or leave the field out.',
    ]);
  });

  it('ends after fifty sentences', () => {
    const errors = Array.from({ length: 60 }, (_, index) => ({
      message: 'Not allowed.',
      path: [`a${index}`],
      extensions: { code: 'FORBIDDEN' },
    }));
    const sentences = describeMissing({ completeness: complete, errors }, nameOf);
    expect(sentences).toHaveLength(51);
    expect(sentences.at(-1)).toBe('And 10 more.');
  });
});
