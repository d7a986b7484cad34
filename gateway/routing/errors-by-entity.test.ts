import { describe, expect, it } from 'vitest';
import { sortByEntity } from './errors-by-entity.js';
import type { PartnerError } from './read-answer.js';

const nobody = () => undefined;
const error = (index?: number, field = 'name'): PartnerError => ({
  path: index === undefined ? undefined : ['_entities', index, field],
  refusal: 'FORBIDDEN',
  isUndecided: false,
  missing: undefined,
  extensions: {},
});

describe('sortByEntity', () => {
  it('gives each entity its own errors, and those of all', () => {
    const errors = [error(1), error(), error(1, 'email'), error(0)];
    const errorsOf = sortByEntity(errors, nobody);
    expect([0, 1, 2].map(errorsOf)).toEqual([
      [errors[1], errors[3]],
      [errors[1], errors[0], errors[2]],
      [errors[1]],
    ]);
  });

  it('says once of every entity what is said again and again of all', () => {
    const errors = Array.from({ length: 10_000 }, (_, index) => ({
      ...error(),
      missing: index === 9_999 ? 'dk' : String(index),
    }));
    const errorsOf = sortByEntity(errors, (partner) =>
      partner === 'dk' ? 'TIMED_OUT' : undefined,
    );
    expect(errorsOf(5).map(({ missing }) => missing)).toEqual(['0', 'dk']);
  });
});
