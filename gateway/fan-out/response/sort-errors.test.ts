import { describe, expect, it } from 'vitest';
import type { PartnerError } from '../partners/read-response.js';
import { sortErrors } from './sort-errors.js';

const nobody = () => undefined;
const error = (index?: number, field = 'name'): PartnerError => ({
  path: index === undefined ? undefined : ['_entities', index, field],
  refusal: 'FORBIDDEN',
  isUndecided: false,
  missing: undefined,
  extensions: {},
});

describe('sortErrors', () => {
  it('separates a request that the busy hub refused from one that lacks another’s response', () => {
    const owed: PartnerError = { ...error(), refusal: undefined, isUndecided: true };
    const refused: PartnerError = { ...owed, isBusy: true };
    expect(sortErrors([owed, refused], 1, nobody)(0)).toEqual([owed, refused]);
  });

  it('returns the errors of each entity, and those of the whole request', () => {
    const errors = [error(1), error(), error(1, 'email'), error(0)];
    const errorsAt = sortErrors(errors, 1, nobody);
    expect([0, 1, 2].map(errorsAt)).toEqual([
      [errors[1], errors[3]],
      [errors[1], errors[0], errors[2]],
      [errors[1]],
    ]);
  });

  it('returns the errors of each root field', () => {
    const at = (key: string, row = 0): PartnerError => ({ ...error(), path: [key, row] });
    const errors = [at('b'), at('a'), at('b', 1)];
    const errorsAt = sortErrors(errors, 0, nobody);
    expect(['a', 'b', 'c'].map(errorsAt)).toEqual([[errors[1]], [errors[0], errors[2]], []]);
  });

  it('returns an error of the whole request once for each entity, however often it comes', () => {
    const errors = Array.from({ length: 10_000 }, (_, index) => ({
      ...error(),
      missing: index === 9_999 ? 'dk' : String(index),
    }));
    const errorsAt = sortErrors(errors, 1, (partner) =>
      partner === 'dk' ? 'TIMED_OUT' : undefined,
    );
    expect(errorsAt(5).map(({ missing }) => missing)).toEqual(['0', 'dk']);
  });

  it('returns equal errors of an entity once', () => {
    const errors = [error(0), error(1), error(0), error(0, 'email'), error(1)];
    const errorsAt = sortErrors(errors, 1, nobody);
    expect([0, 1].map(errorsAt)).toEqual([[errors[0], errors[3]], [errors[1]]]);
  });

  it('keeps errors of one field that differ in what the client gets', () => {
    const errors = [error(0), { ...error(0), refusal: undefined }];
    expect(sortErrors(errors, 1, nobody)(0)).toEqual(errors);
    const foreign = ['A', 'B', 'A'].map((code) => ({ ...error(0), refusal: undefined, code }));
    expect(sortErrors(foreign, 1, nobody)(0)).toEqual(foreign.slice(0, 2));
  });
});
