import { describe, expect, it } from 'vitest';
import type { PartnerError } from '../../partners/read-response.js';
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
  it('tells a question that the busy hub refused from one whose response somebody owes', () => {
    const owed: PartnerError = { ...error(), refusal: undefined, isUndecided: true };
    const refused: PartnerError = { ...owed, isBusy: true };
    expect(sortErrors([owed, refused], 1, nobody)(0)).toEqual([owed, refused]);
  });

  it('gives each entity its own errors, and those of all', () => {
    const errors = [error(1), error(), error(1, 'email'), error(0)];
    const errorsAt = sortErrors(errors, 1, nobody);
    expect([0, 1, 2].map(errorsAt)).toEqual([
      [errors[1], errors[3]],
      [errors[1], errors[0], errors[2]],
      [errors[1]],
    ]);
  });

  it('gives each root field its own errors', () => {
    const at = (key: string): PartnerError => ({ ...error(), path: [key, 0] });
    const errors = [at('b'), at('a'), at('b')];
    const errorsAt = sortErrors(errors, 0, nobody);
    expect(['a', 'b', 'c'].map(errorsAt)).toEqual([[errors[1]], [errors[0], errors[2]], []]);
  });

  it('says once of every entity what is said again and again of all', () => {
    const errors = Array.from({ length: 10_000 }, (_, index) => ({
      ...error(),
      missing: index === 9_999 ? 'dk' : String(index),
    }));
    const errorsAt = sortErrors(errors, 1, (partner) =>
      partner === 'dk' ? 'TIMED_OUT' : undefined,
    );
    expect(errorsAt(5).map(({ missing }) => missing)).toEqual(['0', 'dk']);
  });
});
