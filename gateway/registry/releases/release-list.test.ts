import { describe, expect, it } from 'vitest';
import { createReleaseList } from './release-list.js';
import { hashGraph, noHash, type Release } from './release.js';

const release = (number: number, field: string, isPinned = false): Release => ({
  number,
  previous: noHash,
  at: `2026-11-0${number}T08:00:00.000Z`,
  reason: `reason ${number}`,
  isPinned,
  basis: noHash,
  supergraphSdl: `type Query { ${field}: String }`,
  contracts: [],
  publications: {},
});

/** Release 3 is spoilt, and release 4 a rollback to release 1. */
const releases = [release(4, 'a', true), undefined, release(2, 'b'), release(1, 'a')];

function openList(most?: number) {
  const reads: number[] = [];
  const list = createReleaseList(
    {
      listNumbers: () => [4, 3, 2, 1],
      read(number) {
        reads.push(number);
        const found = releases[4 - number];
        return found ? { number, release: found } : { number, error: 'it was cut off' };
      },
    },
    most,
  );
  return { list, reads };
}

const servedOf = (served: Release) =>
  openList()
    .list(hashGraph(served))
    .filter(({ isServed }) => isServed)
    .map(({ number }) => number);

describe('the list of releases', () => {
  it('has the whole ones, the newest first', () => {
    const listed = openList().list('');
    expect(listed.map(({ number }) => number)).toEqual([4, 2, 1]);
    expect(listed[0]).toEqual({
      number: 4,
      madeAt: '2026-11-04T08:00:00.000Z',
      reason: 'reason 4',
      isPinned: true,
      isServed: false,
    });
  });

  it('says which one is served: the newest with the graph of this process', () => {
    expect(servedOf(release(1, 'a'))).toEqual([4]);
    expect(servedOf(release(2, 'b'))).toEqual([2]);
    expect(servedOf(release(9, 'z'))).toEqual([]);
  });

  it('is limited', () => {
    const { list } = openList(1);
    expect(list('').map(({ number }) => number)).toEqual([4]);
  });

  it('reads a whole file once', () => {
    const { list, reads } = openList();
    list('');
    list('');
    expect(reads).toEqual([4, 3, 2, 1, 3]);
  });
});
