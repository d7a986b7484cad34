import { describe, expect, it } from 'vitest';
import { chooseStreamForm, negotiate, prefersPage } from './response-form.js';

const json = 'application/json';
const graphqlJson = 'application/graphql-response+json';

describe('negotiate', () => {
  it.each([
    [undefined, json, false],
    ['', json, false],
    ['*/*', json, false],
    ['application/*', json, false],
    ['text/html,*/*;q=0.8', json, false],
    ['application/json', json, true],
    ['Application/JSON; charset=utf-8', json, true],
    ['application/json, text/plain, */*', json, true],
    [graphqlJson, graphqlJson, false],
    [`${graphqlJson},application/json;q=0.9`, graphqlJson, false],
    [`${graphqlJson};q=0.5, application/json`, json, true],
    [`application/json;q=0, */*`, graphqlJson, false],
  ])('answers Accept: %s as %s, legacy: %s', (accept, mediaType, isLegacy) => {
    expect(negotiate(accept)).toEqual({ mediaType, isLegacy });
  });

  it.each(['text/html', 'application/json;q=0', '*/*;q=0'])(
    'finds nothing for Accept: %s',
    (accept) => {
      expect(negotiate(accept)).toBeNull();
    },
  );
});

describe('prefersPage', () => {
  it.each([
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', true],
    ['application/json, text/html;q=0.5', false],
    ['*/*', false],
    [undefined, false],
    ['text/html;q=0', false],
  ])('reads Accept: %s: %s', (accept, expected) => {
    expect(prefersPage(accept)).toBe(expected);
  });
});

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
