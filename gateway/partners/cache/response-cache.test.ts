import { describe, expect, it } from 'vitest';
import { KeptAnswers } from './response-cache.js';

const answerOf = (json: unknown, seconds = 60, bytes = 100) => ({
  json,
  httpStatus: 200,
  freshness: { seconds, bytes },
});
const now = () => performance.now();

describe('KeptAnswers', () => {
  it('gives an answer to the same question to the same partner', () => {
    const kept = new KeptAnswers();
    const [dk, no] = [kept.openShelf(), kept.openShelf()];
    dk.keep('q', answerOf(1), now());
    expect(dk.get('q')).toEqual({ json: 1, httpStatus: 200, isSecondHand: true });
    expect(dk.get('Q')).toBeUndefined();
    expect(no.get('q')).toBeUndefined();
  });

  it('keeps nothing that its sender does not let it keep', () => {
    const shelf = new KeptAnswers().openShelf();
    shelf.keep('q', { json: 1, httpStatus: 200 }, now());
    expect(shelf.get('q')).toBeUndefined();
  });

  it('counts the time from when it was asked', () => {
    const shelf = new KeptAnswers().openShelf();
    shelf.keep('over', answerOf(1, 60), now() - 60_000);
    shelf.keep('under way', answerOf(1, 60), now() - 30_000);
    expect(shelf.get('over')).toBeUndefined();
    expect(shelf.get('under way')).toBeDefined();
  });

  it('puts a later answer in the place of an earlier one', () => {
    const shelf = new KeptAnswers().openShelf();
    shelf.keep('q', answerOf(1), now());
    shelf.keep('q', answerOf(2), now());
    expect(shelf.get('q')).toMatchObject({ json: 2 });
  });

  it('clears the part of one partner', () => {
    const kept = new KeptAnswers();
    const [dk, no] = [kept.openShelf(), kept.openShelf()];
    for (const shelf of [dk, no]) shelf.keep('q', answerOf(1), now());
    dk.clear();
    expect(dk.get('q')).toBeUndefined();
    expect(no.get('q')).toBeDefined();
  });

  it('keeps of all partners together so many bytes, of those that were used last', () => {
    const kept = new KeptAnswers(2_000);
    const [dk, no] = [kept.openShelf(), kept.openShelf()];
    dk.keep('a', answerOf('a', 60, 200), now());
    dk.keep('b', answerOf('b', 60, 200), now());
    expect(dk.get('a')).toBeDefined();
    no.keep('c', answerOf('c', 60, 200), now());
    expect([dk.get('a'), dk.get('b'), no.get('c')]).toMatchObject([
      { json: 'a' },
      undefined,
      { json: 'c' },
    ]);
  });

  it('does not keep what is larger than all of it', () => {
    const shelf = new KeptAnswers(2_000).openShelf();
    shelf.keep('q', answerOf(1, 60, 1_000), now());
    expect(shelf.get('q')).toBeUndefined();
  });
});
