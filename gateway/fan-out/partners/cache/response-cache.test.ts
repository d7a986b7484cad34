import { describe, expect, it, vi } from 'vitest';
import { ResponseCache } from './response-cache.js';

const responseOf = (json: unknown, seconds = 60, bytes = 100) => ({
  json,
  httpStatus: 200,
  freshness: { seconds, bytes },
});
const now = () => performance.now();

describe('ResponseCache', () => {
  it('returns the response to the same request to the same partner', () => {
    const kept = new ResponseCache();
    const [dk, no] = [kept.openPartner(), kept.openPartner()];
    dk.set('q', responseOf(1), now());
    const cached = { json: 1, httpStatus: 200, isSecondHand: true, cachedSeconds: 60 };
    expect(dk.get('q')).toEqual(cached);
    expect(dk.get('Q')).toBeUndefined();
    expect(no.get('q')).toBeUndefined();
  });

  it('stores nothing that its sender does not allow to be cached', () => {
    const shelf = new ResponseCache().openPartner();
    shelf.set('q', { json: 1, httpStatus: 200 }, now());
    expect(shelf.get('q')).toBeUndefined();
  });

  it('counts the age from the request', () => {
    const shelf = new ResponseCache().openPartner();
    shelf.set('over', responseOf(1, 60), now() - 60_000);
    shelf.set('under way', responseOf(1, 60), now() - 30_000);
    expect(shelf.get('over')).toBeUndefined();
    expect(shelf.get('under way')).toBeDefined();
  });

  it('keeps the headers that the caller wanted, with the age in whole seconds', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      const shelf = new ResponseCache().openPartner();
      const headers = { 'x-cost': '3', age: '5' };
      shelf.set('old', { ...responseOf(1), headers }, now() - 20_000);
      shelf.set('new', { ...responseOf(1), headers: { 'x-cost': '3' } }, now());
      vi.advanceTimersByTime(1_001);
      expect(shelf.get('old')?.headers).toEqual({ 'x-cost': '3', age: '27' });
      expect(shelf.get('new')?.headers).toEqual({ 'x-cost': '3', age: '2' });
    } finally {
      vi.useRealTimers();
    }
  });

  it('counts the headers as memory', () => {
    const shelf = new ResponseCache(2_000).openPartner();
    shelf.set('q', { ...responseOf(1), headers: { 'x-cost': 'x'.repeat(1_000) } }, now());
    expect(shelf.get('q')).toBeUndefined();
  });

  it('replaces an earlier response', () => {
    const shelf = new ResponseCache().openPartner();
    shelf.set('q', responseOf(1), now());
    shelf.set('q', responseOf(2), now());
    expect(shelf.get('q')).toMatchObject({ json: 2 });
  });

  it('clears the part of one partner', () => {
    const kept = new ResponseCache();
    const [dk, no] = [kept.openPartner(), kept.openPartner()];
    for (const shelf of [dk, no]) shelf.set('q', responseOf(1), now());
    dk.clear();
    expect(dk.get('q')).toBeUndefined();
    expect(no.get('q')).toBeDefined();
  });

  it('drops the least recently used responses of all partners when it is full', () => {
    const kept = new ResponseCache(2_000);
    const [dk, no] = [kept.openPartner(), kept.openPartner()];
    dk.set('a', responseOf('a', 60, 200), now());
    dk.set('b', responseOf('b', 60, 200), now());
    expect(dk.get('a')).toBeDefined();
    no.set('c', responseOf('c', 60, 200), now());
    expect([dk.get('a'), dk.get('b'), no.get('c')]).toMatchObject([
      { json: 'a' },
      undefined,
      { json: 'c' },
    ]);
  });

  it('stores no response that is larger than the cache', () => {
    const shelf = new ResponseCache(2_000).openPartner();
    shelf.set('q', responseOf(1, 60, 1_000), now());
    expect(shelf.get('q')).toBeUndefined();
  });
});
