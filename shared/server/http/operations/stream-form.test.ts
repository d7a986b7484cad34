import { describe, expect, it } from 'vitest';
import { chooseStreamForm } from './stream-form.js';

describe('chooseStreamForm', () => {
  it.each([
    ['text/event-stream', 'event-stream'],
    ['application/json, Text/Event-Stream;q=0.9', 'event-stream'],
    ['multipart/mixed;boundary="graphql";subscriptionSpec="1.0",application/json', 'multipart'],
    ['multipart/mixed; boundary=graphql; subscriptionSpec=1.0, application/json', 'multipart'],
    ['multipart/mixed;deferSpec=20220824,application/json', undefined],
    ['multipart/mixed', undefined],
    ['application/json', undefined],
    ['*/*', undefined],
    [undefined, undefined],
    [`text/event-stream,${'x'.repeat(1_000)}`, undefined],
  ])('finds in %s: %s', (accept, form) => {
    expect(chooseStreamForm(accept)).toBe(form);
  });
});
